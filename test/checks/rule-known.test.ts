import { ruleKnown } from "../../engine/checks/manifests/rule-known";
import type { Built } from "../../engine/model/built";
import { place } from "../../engine/model/placement";
import { watched } from "../apps/monitoring";
import { appOf } from "../lab-of";
import { object } from "./objects";

const declared = { alert: "RoomHot", expr: "room_celsius > 30", severity: "warning", summary: "hot", description: "" } as const;
const world = watched(place(appOf({ name: "sensors", needs: { watches: { metrics: { web: { port: 8080, series: ["room_celsius{room}"] } }, rules: [{ name: "rooms", rules: [declared] }] } } }), { patch: [{ of: "PrometheusRule/sensors", at: "/spec/groups/0/rules/0/for", value: "5m", because: "a test" }] }));

test("rules that an app writes besides those it declares are judged", () => {
  const unpatched = watched(place(appOf({ name: "sensors", needs: { watches: { metrics: { web: { port: 8080, series: ["room_celsius{room}"] } }, rules: [{ name: "rooms", rules: [declared] }] } } })));
  const release = unpatched.releases.find(({ name }) => name === "sensors")!;
  const judged = (...rules: readonly object[]) => ruleKnown([{ release, findings: [], manifests: [object("PrometheusRule", "rooms", { spec: { groups: [{ name: "rooms", rules }] } })] }], unpatched);
  expect(judged(alert(declared.expr), alert("rom_celsius > 1"))).toHaveLength(1);
  expect(judged(alert(declared.expr))).toEqual([]);
});

/** What is found where the release's object holds these rules. */
const found = (...rules: readonly object[]) => {
  const release = world.releases.find(({ name }) => name === "sensors")!;
  const built: Built = { release, findings: [], manifests: [object("PrometheusRule", "rooms", { spec: { groups: [{ name: "rooms", rules }] } })] };
  return ruleKnown([built], world).map((it) => it.found);
};
const alert = (expr: string, summary = "hot") => ({ alert: "RoomHot", expr, annotations: { summary, description: "" } });

test("a patched rule that asks for a metric or a label that nothing has is found", () => {
  expect(found(alert("rom_celsius > 30"))).toEqual(["PrometheusRule/rooms: alert RoomHot asks for rom_celsius"]);
  expect(found(alert('room_celsius{floor="1"} > 30'))).toEqual(["PrometheusRule/rooms: alert RoomHot asks for label floor of room_celsius"]);
  expect(found(alert("max(room_celsius) > 30", "{{ $labels.room }}"))).toEqual(["PrometheusRule/rooms: alert RoomHot asks for label room of its result"]);
  expect(found(alert("room_celsius >"))).toEqual([expect.stringMatching(/alert RoomHot is no PromQL/)]);
});

test("one that asks for what is there is quiet, and so is what was declared, which is judged there", () => {
  expect(found(alert("room_celsius > 28", "{{ $labels.room }}"))).toEqual([]);
  expect(found(alert(declared.expr))).toEqual([]);
  expect(found({ record: "room:max", expr: "max by (room) (room_celsius)" }, alert("room:max > 30"))).toEqual([]);
});
