import { servedBy } from "../../tools/control-plane/definitions/definition-source";
import { enforces, isRefusal, warningOfWhatItRefuses } from "../../tools/control-plane/dry-run/namespace-under-test";
import { reportLines, type Verdict } from "../../tools/control-plane/dry-run/report";

function verdict(file: string, refusal?: string, warnings: readonly string[] = []): Verdict {
  const manifest = { file, object: { apiVersion: "v1", kind: "ConfigMap", metadata: { namespace: "a", name: "x" } } };
  return refusal === undefined ? { manifest, warnings } : { manifest, warnings, refusal };
}

const summary = { kubernetesVersion: "v1.36.3", namespaces: 2, definitions: 1, substitutes: new Map<string, string>(), seconds: 3.2 };

test("a refused object is named with its file and the server's reason, and counted", () => {
  const lines = reportLines({ ...summary, verdicts: [verdict("dist/pi/a/x.yaml"), verdict("dist/pi/a/y.yaml", "no such field")] });
  expect(lines[0]).toBe("FAIL dist/pi/a/y.yaml (ConfigMap a/x): no such field");
  expect(lines.at(-1)).toBe("1 passed, 1 failed");
});

test("many failures are cut short, and still counted", () => {
  const lines = reportLines({ ...summary, verdicts: Array.from({ length: 50 }, (_, index) => verdict(`dist/pi/a/${String(index)}.yaml`, "no")) });
  expect(lines).toContain("… and 10 more");
  expect(lines.at(-1)).toBe("0 passed, 50 failed");
});

test("a warning is said once, however many objects have it", () => {
  const lines = reportLines({ ...summary, verdicts: [verdict("dist/pi/a/x.yaml", undefined, ["old"]), verdict("dist/pi/a/y.yaml", undefined, ["old"])] });
  expect(lines.filter((line) => line === "warning: old")).toHaveLength(1);
});

test("a definition from elsewhere is named with its source", () => {
  const lines = reportLines({ ...summary, substitutes: new Map([["CephCluster of ceph.rook.io/v1", "upstream's schema"]]), verdicts: [] });
  expect(lines).toContain("not in dist/, so upstream's schema was used: CephCluster of ceph.rook.io/v1");
});

test("a definition serves each of its served versions, and no other", () => {
  const versions = [{ name: "v1", served: true }, { name: "v1beta1", served: false }];
  const definition = { apiVersion: "apiextensions.k8s.io/v1", kind: "CustomResourceDefinition", metadata: { name: "as.b.c" }, spec: { group: "b.c", names: { kind: "A" }, versions } };
  expect(servedBy(definition)).toEqual(["b.c/v1 A"]);
});

describe("a namespace that enforces a level of Pod Security", () => {
  const namespace = { apiVersion: "v1", kind: "Namespace", metadata: { name: "a", labels: { "pod-security.kubernetes.io/enforce": "baseline", "pod-security.kubernetes.io/warn": "restricted" } } };

  test("warns of that level in the dry run, which makes no pods to refuse", () => {
    expect(warningOfWhatItRefuses(namespace).metadata.labels).toEqual({
      "pod-security.kubernetes.io/enforce": "baseline",
      "pod-security.kubernetes.io/warn": "baseline",
      "pod-security.kubernetes.io/warn-version": "latest",
    });
    expect(isRefusal('would violate PodSecurity "baseline:latest": privileged')).toBe(true);
  });

  test("one that only observes stays as it is, and its warnings refuse nothing", () => {
    const observing = { ...namespace, metadata: { name: "a", labels: { "pod-security.kubernetes.io/warn": "restricted" } } };
    expect(warningOfWhatItRefuses(observing)).toBe(observing);
    expect(enforces(observing)).toBe(false);
  });
});
