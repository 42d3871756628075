import { labelKnown } from "../../engine/checks/releases/label-known";
import type { Rule } from "../../engine/model/needs";
import { place } from "../../engine/model/placement";
import { watched } from "../apps/monitoring";
import { appOf, worldRunning } from "../lab-of";

interface Asked {
  readonly rules?: readonly Rule[];
  readonly panels?: readonly object[];
  readonly honorLabels?: true;
}

const sensors = ({ rules = [], panels = [], honorLabels }: Asked) =>
  place(
    appOf({
      name: "sensors",
      needs: { watches: { metrics: { web: { port: 8080, series: ["room_celsius{room, namespace}"], ...(honorLabels ? { honorLabels } : {}) } }, rules: [{ name: "rooms", rules }], dashboards: { rooms: { panels } } } },
    }),
  );
const found = (asked: Asked) => labelKnown(watched(sensors(asked))).map(({ address, found: what }) => `${address}: ${what}`);
const alert = (expr: string, summary = ""): Rule => ({ alert: "RoomHot", expr, severity: "warning", summary, description: "" });

test("an alert may ask for the metric's own labels and for those of its target", () => {
  expect(found({ rules: [alert('max by (room, pod) (room_celsius{namespace="sensors"}) > 30', "{{ $labels.room }} of {{ $labels.pod }}")] })).toEqual([]);
});

test("a label that the metric does not have is named: in a matcher, in a grouping, in a message", () => {
  expect(found({ rules: [alert('sum by (floor) (room_celsius{house="a"})', "{{ $labels.room }} is hot")] })).toEqual([
    "one/sensors: alert RoomHot asks for label house of room_celsius, label floor of room_celsius, label room of its result",
  ]);
});

test("what was added up away is not there any more, also not in what a rule recorded", () => {
  const recorded: Rule = { record: "house:celsius:max", expr: "max by (pod) (room_celsius)" };
  expect(found({ rules: [recorded, alert("max by (pod) (house:celsius:max)")] })).toEqual([]);
  expect(found({ rules: [recorded, alert("max by (room) (house:celsius:max)")] })).toEqual(["one/sensors: alert RoomHot asks for label room of house:celsius:max"]);
});

test("where the target's own label wins, the metric's is kept under another name, and the other way round", () => {
  expect(found({ rules: [alert("max by (exported_namespace, pod) (room_celsius)")] })).toEqual([]);
  expect(found({ honorLabels: true, rules: [alert("max by (namespace) (room_celsius)")] })).toEqual([]);
  expect(found({ honorLabels: true, rules: [alert("max by (pod) (room_celsius)")] })).toEqual(["one/sensors: alert RoomHot asks for label pod of room_celsius"]);
});

test("a legend shows only what its query leaves", () => {
  const panel = (legendFormat: string) => ({ targets: [{ expr: "avg by (room) (room_celsius)", legendFormat }] });
  expect(found({ panels: [panel("{{room}}")] })).toEqual([]);
  expect(found({ panels: [panel("{{room}} {{pod}}")] })).toEqual(["one/sensors: dashboard rooms asks for label pod of its result"]);
});

test("what is no PromQL is a finding, with the place", () => {
  expect(found({ rules: [alert("max(room_celsius")] })).toEqual(["one/sensors: alert RoomHot is no PromQL: its end at 17, where ) or a comma was expected"]);
});

test("where nobody watches, nothing is asked", () => {
  expect(labelKnown(worldRunning(sensors({ rules: [alert("max by (floor) (room_celsius)")] })))).toEqual([]);
});
