import { gatus } from "../../apps/gatus/gatus";
import { flowsOf } from "../../engine/model/flow";
import { fieldOf } from "../../engine/model/manifest";
import type { Endpoint } from "../../engine/model/needs";
import { place, type Placement } from "../../engine/model/placement";
import { podTemplateOf } from "../../engine/model/pod-template";
import type { World } from "../../engine/model/resolve";
import { appOf, worldRunning } from "../lab-of";
import { objectOf } from "./monitoring";

const app = (name: string, exposes: Readonly<Record<string, Endpoint>>): Placement => place(appOf({ name, needs: { exposes } }));

const wiki = app("wiki", { web: { port: 8000, servicePort: 80, scheme: "http", reach: "lan" } });
const chat = app("chat", { web: { port: 8443, scheme: "https", reach: "internet" }, calls: { port: 5222, scheme: "tcp", reach: "lan" } });
const hidden = app("hidden", { api: { port: 9000, scheme: "http", reach: "cluster" }, names: { port: 53, scheme: "udp", reach: "lan" } });
const world = (): World => worldRunning(place(gatus), wiki, chat, hidden);

const probes = (it: World): readonly unknown[] => [fieldOf(JSON.parse(String(fieldOf(objectOf(it, "gatus", "ConfigMap/gatus-config"), "data", "config.yaml"))), "endpoints")].flat();
const releaseIn = (it: World, name: string) => {
  const found = it.releases.find((release) => release.name === name);
  if (!found) throw new Error(`no release ${name}`);
  return found;
};

test("it asks everything that people may reach, within the cluster", () => {
  expect(probes(world()).map((probe) => [fieldOf(probe, "name"), fieldOf(probe, "url"), fieldOf(probe, "conditions", 0)])).toEqual([
    ["wiki", "http://wiki.wiki.svc.cluster.local:80", "[STATUS] < 500"],
    ["chat web", "https://chat.chat.svc.cluster.local:8443", "[STATUS] < 500"],
    ["chat calls", "tcp://chat.chat.svc.cluster.local:5222", "[CONNECTED] == true"],
  ]);
});

test("policies let it call exactly these, on both sides", () => {
  const it = world();
  const out = flowsOf(releaseIn(it, "gatus"), it).flatMap(({ to, port }) => (to.kind === "pods" && to.release !== "one/gatus" ? [`${to.release} ${port}`] : []));
  expect(out).toEqual(["one/wiki 8000", "one/chat 8443", "one/chat 5222"]);
  const into = (name: string) => flowsOf(releaseIn(it, name), it).filter(({ from, to }) => "release" in from && from.release === "one/gatus" && to.kind === "pods").map(({ port }) => port);
  expect(into("chat")).toEqual([8443, 5222]);
  expect(into("hidden")).toEqual([]);
});

test("a place to run that nobody gave rights to", () => {
  const spec = podTemplateOf(objectOf(world(), "gatus", "Deployment/gatus"))?.spec;
  expect(spec).toMatchObject({ automountServiceAccountToken: false, securityContext: { runAsNonRoot: true } });
  expect(spec?.containers[0]?.volumeMounts?.every(({ readOnly }) => readOnly)).toBe(true);
});
