import { retiredOnce } from "../../engine/checks/lab/retired-once";
import { retire } from "../../engine/model/cluster";
import { place } from "../../engine/model/placement";
import { appOf, clusterOf, labOf } from "../lab-of";

const leaving = retire(place(appOf()), { because: "moved", app: "delete", data: "keep" });

test("a release that is retired and still placed, or retired twice, is found", () => {
  const findings = retiredOnce(labOf({ clusters: [clusterOf({ runs: [place(appOf())], retired: [leaving, leaving] })] }));
  expect(findings.map((it) => it.found)).toEqual(["it is retired and still placed", "it is retired 2 times"]);
});

test("a release that is only retired is fine", () => {
  expect(retiredOnce(labOf({ clusters: [clusterOf({ retired: [leaving] })] }))).toEqual([]);
});

test("a cluster that is retired and still there, or retired twice, is found, and one that is only retired is fine", () => {
  const gone = { name: "loft", because: "sold" };
  expect(retiredOnce(labOf({ clusters: [clusterOf({ name: "loft" })], retired: [gone, gone] })).map((it) => it.found)).toEqual(["it is retired and still a cluster of the lab", "it is retired 2 times"]);
  expect(retiredOnce(labOf({ clusters: [clusterOf({ name: "attic" })], retired: [gone] }))).toEqual([]);
});
