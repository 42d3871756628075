import { alertmanager } from "../../apps/alertmanager/alertmanager";
import type { Receiver } from "../../apps/alertmanager/receiver";
import { flowsOf, privateRanges, type Party } from "../../engine/model/flow";
import { place } from "../../engine/model/placement";
import { resolve, type World } from "../../engine/model/resolve";
import { clusterOf, labOf } from "../lab-of";
import { fieldIn, monitoring, watched } from "./monitoring";

const ntfy = { kind: "webhook", name: "ntfy", host: "ntfy.example.org", urlKey: "alertmanager/ntfy" } as const;
const config = (world: World, ...path: readonly (string | number)[]): unknown => fieldIn(world, "alertmanager", "AlertmanagerConfig/alertmanager", "spec", ...path);
const release = (world: World) => world.releases.filter(({ name }) => name === "alertmanager");
const goesTo = (world: World, because: string): readonly Party[] => release(world).flatMap((it) => flowsOf(it, world).filter((flow) => flow.because.startsWith(because)).map(({ to }) => to));
const receivers = (...given: readonly (Partial<Receiver> & typeof ntfy)[]) => place(alertmanager, { settings: { receivers: [...given] } });

test("a receiver's URL comes from the vault, and its configuration only says where it is", () => {
  const world = watched(...monitoring(receivers(ntfy)));
  expect(release(world)[0]?.needs.secrets).toEqual({ "ntfy-url": { from: "vault", key: "alertmanager/ntfy" } });
  expect(config(world, "receivers", 0)).toEqual({ name: "critical", webhookConfigs: [{ urlSecret: { name: "alertmanager-ntfy-url", key: "value" }, sendResolved: true }] });
});

test("who does not say what to hear hears what is critical and what is a warning", () => {
  const world = watched(...monitoring(receivers(ntfy)));
  expect(config(world, "receivers", 1)).toHaveProperty("webhookConfigs");
  expect(config(world, "receivers", 2)).toEqual({ name: "info" });
});

test("a receiver on the internet opens the internet, and nothing of the lab", () => {
  expect(goesTo(watched(...monitoring(receivers(ntfy))), "ntfy")).toEqual([{ kind: "addresses", cidrs: ["0.0.0.0/0"], except: privateRanges, of: { name: "ntfy.example.org" } }]);
});

test("a receiver within the lab opens its address alone", () => {
  expect(goesTo(watched(...monitoring(receivers({ ...ntfy, address: "192.168.40.9" }))), "ntfy")).toEqual([{ kind: "addresses", cidrs: ["192.168.40.9/32"] }]);
});

test("two replicas may gossip with each other, and one has nobody to gossip with", () => {
  const two = watched(...monitoring(place(alertmanager, { settings: { replicas: 2 } })));
  expect(goesTo(two, "gossip")).toEqual(expect.arrayContaining([expect.objectContaining({ kind: "pods", component: "alertmanager" })]));
  expect(goesTo(watched(...monitoring()), "gossip")).toEqual([]);
});

test("two receivers of one name are refused", () => {
  const { findings } = resolve(labOf({ clusters: [clusterOf({ runs: [receivers(ntfy, ntfy)] })] }));
  expect(findings).toMatchObject([{ rule: "setting-valid", expected: "receivers with different names" }]);
});

test("claims are declared under the names that the operator gives them", () => {
  expect(release(watched(...monitoring()))[0]?.makes[0]?.claims).toEqual({ data: ["alertmanager-alertmanager-db-alertmanager-alertmanager-0"] });
});

test("the Service selects pods by labels that they get", () => {
  const world = watched(...monitoring());
  expect(fieldIn(world, "alertmanager", "Service/alertmanager", "spec", "selector")).toEqual(fieldIn(world, "alertmanager", "Alertmanager/alertmanager", "spec", "podMetadata", "labels"));
});

test("its pods get no token", () => {
  expect(fieldIn(watched(...monitoring()), "alertmanager", "Alertmanager/alertmanager", "spec", "automountServiceAccountToken")).toBe(false);
});
