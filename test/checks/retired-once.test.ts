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
