import { nameUnique } from "../../engine/checks/lab/name-unique";
import { place } from "../../engine/model/placement";
import { appOf, clusterOf, hostOf, labOf } from "../lab-of";

test("two hosts, clusters or releases of one name are found, each once", () => {
  const cluster = clusterOf({ runs: [place(appOf()), place(appOf())] });
  const findings = nameUnique(labOf({ hosts: [hostOf(), hostOf()], clusters: [cluster, clusterOf()] }));
  expect(findings.map((it) => it.address)).toEqual(["host one-1", "one", "one/app"]);
});

test("cluster and release joined by a dash differ over the whole lab, as Applications are named so (argo-cd#18201)", () => {
  const [joined] = nameUnique(labOf({ clusters: [clusterOf({ name: "a", runs: [place(appOf(), { as: "b-c" })] }), clusterOf({ name: "a-b", runs: [place(appOf(), { as: "c" })] })] }));
  expect(joined?.address).toBe("a/b-c and a-b/c");
});

test("one name on two clusters is two releases", () => {
  expect(nameUnique(labOf({ clusters: [clusterOf({ runs: [place(appOf())] }), clusterOf({ name: "two", runs: [place(appOf())] })] }))).toEqual([]);
});
