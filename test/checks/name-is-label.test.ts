import { nameIsLabel } from "../../engine/checks/lab/name-is-label";
import { place } from "../../engine/model/placement";
import { appOf, clusterOf, hostOf, labOf } from "../lab-of";

test("a name that is no DNS label is found wherever it stands", () => {
  const cluster = clusterOf({ runs: [place(appOf(), { as: "My_App" }), place(appOf(), { adopt: { namespace: "-old" } })] });
  const findings = nameIsLabel(labOf({ hosts: [hostOf({ name: "Pi 1" })], clusters: [cluster], domain: "lab..example" }));
  expect(findings.map((it) => it.address)).toEqual(["host Pi 1", "one/My_App", "one/app", "lab"]);
  expect(findings[0]).toMatchObject({ rule: "name-is-label", found: 'the host name "Pi 1"', fix: 'Name it "pi-1"' });
});

test("63 letters, digits and dashes are a label; 64 are not", () => {
  const named = (length: number) => labOf({ hosts: [hostOf({ name: "a".repeat(length) })] });
  expect(nameIsLabel(named(63))).toEqual([]);
  expect(nameIsLabel(named(64))).toHaveLength(1);
});
