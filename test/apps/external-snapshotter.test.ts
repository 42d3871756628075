import { externalSnapshotter } from "../../apps/external-snapshotter/external-snapshotter";
import { fieldOf } from "../../engine/model/manifest";
import { place } from "../../engine/model/placement";
import { manifestsOf } from "../lab-of";

const manifests = manifestsOf(place(externalSnapshotter));
const kinds = (kind: string) => manifests.filter((manifest) => manifest.kind === kind);

test("one controller works while the others wait, and a drain always leaves one", () => {
  expect(fieldOf(kinds("Deployment")[0], "spec", "template", "spec", "containers", 0, "args")).toContain("--leader-election=true");
  expect(fieldOf(kinds("Deployment")[0], "spec", "replicas")).toBe(2);
  expect(fieldOf(kinds("PodDisruptionBudget")[0], "spec", "maxUnavailable")).toBe(1);
});

test("it may touch snapshots and claims, and no secret", () => {
  const rules = JSON.stringify(kinds("ClusterRole").map((role) => role["rules"]));
  expect(rules).toContain("volumesnapshots/status");
  expect(rules).not.toContain("secrets");
  expect(rules).not.toContain('"*"');
});

test("its lease stays in its own namespace", () => {
  expect(kinds("Role").map((role) => fieldOf(role, "rules", 0, "resources"))).toEqual([["leases"]]);
});
