import { metricKnown } from "../../engine/checks/releases/metric-known";
import { place } from "../../engine/model/placement";
import type { World } from "../../engine/model/resolve";
import { watched } from "../apps/monitoring";
import { appOf, worldRunning } from "../lab-of";

const sensors = (...targets: readonly object[]) =>
  place(appOf({ name: "sensors", needs: { watches: { metrics: { web: { port: 8080, series: ["room_celsius"] } }, dashboards: { rooms: { panels: [{ type: "timeseries", targets }] } } } } }));
const found = (world: World) => metricKnown(world).map(({ rule, address, found: what }) => [rule, address, what]);

test("a dashboard may ask for what its own app serves", () => {
  expect(found(watched(sensors({ expr: 'avg by (room) (room_celsius{room=~"$room"})' })))).toEqual([]);
});

test("a query on a metric that nobody serves is found", () => {
  expect(found(watched(sensors({ expr: "room_celsius + room_fahrenheit" })))).toEqual([["metric-known", "one/sensors", "dashboard rooms asks for room_fahrenheit"]]);
});

test("a mistyped metric is told what was probably meant", () => {
  expect(metricKnown(watched(sensors({ expr: "room_celsisu" })))[0]?.fix).toBe("Write room_celsius");
  expect(metricKnown(watched(sensors({ expr: "room_fahrenheit" })))[0]?.fix).toContain("`series`");
});

test("what is asked of other data sources, or named by a variable, is left alone", () => {
  expect(found(watched(sensors({ datasource: { type: "loki" }, expr: 'rate({app="x"} |= "broken" [5m])' }, { expr: "room_${unit} or $metric" })))).toEqual([]);
});

test("where nobody watches, nothing is drawn", () => {
  expect(found(worldRunning(sensors({ expr: "room_fahrenheit" })))).toEqual([]);
});

test("an alert or a recording rule on a metric that nobody serves would never fire", () => {
  const ruled = (expr: string) =>
    place(
      appOf({
        name: "sensors",
        needs: {
          watches: {
            metrics: { web: { port: 8080, series: ["room_celsius"] } },
            rules: [
              {
                name: "rooms",
                rules: [
                  { alert: "RoomHot", expr, severity: "warning", summary: "hot", description: "hot" },
                  { record: "room:celsius:max", expr: "max(room_celsius)" },
                ],
              },
            ],
          },
        },
      }),
    );
  expect(found(watched(ruled("room_celsius > 30 and room:celsius:max > 30")))).toEqual([]);
  expect(found(watched(ruled("room_kelvin > 300")))).toEqual([["metric-known", "one/sensors", "alert RoomHot asks for room_kelvin"]]);
});
