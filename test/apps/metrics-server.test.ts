import { metricsServer } from "../../apps/metrics-server/metrics-server";
import { kind, type Distribution } from "../../engine/model/distribution";
import { fieldOf, type Manifest } from "../../engine/model/manifest";
import { podTemplateOf } from "../../engine/model/pod-template";
import { place } from "../../engine/model/placement";
import { builtOf, clusterOf, worldOf } from "../lab-of";

const argsOf = (manifests: readonly Manifest[]): readonly string[] => manifests.flatMap((manifest) => podTemplateOf(manifest)?.spec.containers[0]?.args ?? []);
const on = (distribution: Distribution) => builtOf(worldOf({ clusters: [clusterOf({ distribution, runs: [place(metricsServer)] })] }))[0]?.manifests ?? [];

test("trusts kubelets blindly only where they sign for themselves", () => {
  expect(argsOf(on(kind()))).toContain("--kubelet-insecure-tls");
  expect(argsOf(on({ ...kind(), kubeletTls: "cluster-ca" }))).not.toContain("--kubelet-insecure-tls");
});

test("the aggregated API leads to a Service that there is", () => {
  const manifests = on(kind());
  const { name, namespace, port } = fieldOf(manifests.find((manifest) => manifest.kind === "APIService"), "spec", "service") as { name: string; namespace: string; port: number };
  const service = manifests.find((manifest) => manifest.kind === "Service" && manifest.metadata.name === name && manifest.metadata.namespace === namespace);
  expect(fieldOf(service, "spec", "ports", 0)).toMatchObject({ port, targetPort: 10250 });
});
