import { nameUnique } from "../../engine/checks/lab/name-unique";
import { place } from "../../engine/model/placement";
import { appOf, clusterOf, hostOf, labOf } from "../lab-of";

test("two hosts, clusters or releases of one name are found, each once", () => {
  const cluster = clusterOf({ runs: [place(appOf()), place(appOf())] });
  const findings = nameUnique(labOf({ hosts: [hostOf(), hostOf()], clusters: [cluster, clusterOf()] }));
  expect(findings.map((it) => it.address)).toEqual(["host one-1", "one", "one/app"]);
});

test("one name on two clusters is two releases", () => {
  expect(nameUnique(labOf({ clusters: [clusterOf({ runs: [place(appOf())] }), clusterOf({ name: "two", runs: [place(appOf())] })] }))).toEqual([]);
});
