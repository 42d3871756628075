import { routerValid } from "../../engine/checks/lab/router-valid";
import type { Router } from "../../engine/model/router";
import { lab } from "../../examples/hybrid/lab";

const found = (given: Partial<Router>) => routerValid({ ...lab, router: { ...lab.router!, ...given } }).map((it) => [it.rule, it.found]);
const { home: _home, ...withoutHome } = lab.router!.interfaces;

test("the hybrid lab's router is sound, and a lab needs none", () => {
  expect(found({})).toEqual([]);
  const { router: _, ...without } = lab;
  expect(routerValid(without)).toEqual([]);
});

test.each<[string, Partial<Router>, readonly string[]]>([
  ["a network that is not there", { interfaces: { ...lab.router!.interfaces, homes: "opt9" } }, ["reference-known", 'interfaces names "homes", and there is no such network']],
  ["a way out for a network without an interface", { internet: ["storage"] }, ["reference-known", 'internet names "storage", and there is no such interface']],
  ["a network with a gateway and no interface", { interfaces: withoutHome, internet: [] }, ["router-interface", "no interface for home, whose gateway is 10.20.40.1"]],
  ["one interface for two", { interfaces: { ...lab.router!.interfaces, home: "opt1" } }, ["router-interface", "servers and home share the interface opt1"]],
])("%s is found", (_, given, finding) => {
  expect(found(given)).toEqual([finding]);
});

test("a name that no alias can bear is found, with the room that there is", () => {
  const [cluster] = lab.clusters;
  const [finding] = routerValid({ ...lab, clusters: [{ ...cluster!, name: "a-name-of-seventeen" }] });
  expect([finding?.found, finding?.expected]).toEqual(["a-name-of-seventeen, whose alias would be h_control_plane_a_name_of_seventeen", "at most 15 characters"]);
});
