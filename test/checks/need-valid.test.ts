import { needValid } from "../../engine/checks/releases/need-valid";
import { anywhere, generated, internet, rebuildable, vault, type Needs } from "../../engine/model/needs";
import { place } from "../../engine/model/placement";
import { appOf, worldRunning } from "../lab-of";

const found = (needs: Needs) => needValid(worldRunning(place(appOf({ needs })))).map((it) => it.found);
const endpoint = (port: number) => ({ port, scheme: "http", reach: "cluster" }) as const;

test("a port that is none, a name that no Service port may have, and one port twice are found", () => {
  expect(found({ exposes: { "web-interface-of-app": endpoint(80), web: endpoint(70000), a: endpoint(81), b: endpoint(81) } })).toEqual([
    'an endpoint named "web-interface-of-app"',
    "exposes.web on port 70000",
    "exposes.a and exposes.b are both TCP 81 of app",
  ]);
});

test("a size with a wrong unit is found", () => {
  expect(found({ stores: { data: rebuildable("10GB" as never) } })).toEqual(['stores.data = "10GB"']);
});

test("secrets that nobody could make are found", () => {
  const shape = { name: "Bad_Name", into: "own", data: { "a b": "{{ .value }}" } } as const;
  expect(
    found({
      secrets: {
        short: generated({ length: 8 }),
        empty: vault(""),
        shaped: vault("k", shape),
        merged: vault("k", { into: "merge" }),
        lost: vault("k", { data: { key: "x" } }),
      },
    }),
  ).toHaveLength(6);
  expect(found({ secrets: { one: generated({ shape: { name: "s" } }), other: generated({ shape: { name: "s" } }) } })).toEqual([
    "secrets.one and secrets.other both own Secret s",
  ]);
});

test("a host that is none is found, unless it only says what for", () => {
  expect(found({ talksTo: { web: internet("anything on the web"), all: internet("*") } })).toEqual(['talksTo.web = internet("anything on the web")', 'talksTo.all = internet("*")']);
  expect(found({ talksTo: { web: anywhere("anything on the web"), host: internet("example.org"), below: internet("*.example.org"), address: internet("192.0.2.1") } })).toEqual([]);
});

test("sound needs are fine", () => {
  expect(
    found({
      exposes: { web: endpoint(80), dns: { ...endpoint(80), scheme: "udp" } },
      secrets: { token: vault("runner/token", { name: "runner", data: { token: "{{ .value }}" } }) },
    }),
  ).toEqual([]);
});
