import { hostNameUnique } from "../../engine/checks/releases/host-name-unique";
import { place } from "../../engine/model/placement";
import { appOf, clusterOf, worldOf, worldRunning } from "../lab-of";

const web = (host: string) => appOf({ needs: { exposes: { web: { port: 80, scheme: "http", reach: "lan", host } } } });

test("one host name for two endpoints is found", () => {
  const findings = hostNameUnique(worldRunning(place(web("chat"), { as: "a" }), place(web("chat"), { as: "b" })));
  expect(findings.map((it) => it.found)).toEqual(["one/a's web and one/b's web are both reached as chat.one.test.example"]);
});

test("a host name that is none is found", () => {
  expect(hostNameUnique(worldRunning(place(web("my_chat")))).map((it) => it.rule)).toEqual(["name-is-label"]);
});

test("one name on two clusters is two host names", () => {
  expect(
    hostNameUnique(worldOf({ clusters: [clusterOf({ runs: [place(web("chat"))] }), clusterOf({ name: "two", runs: [place(web("chat"))] })] })),
  ).toEqual([]);
});
