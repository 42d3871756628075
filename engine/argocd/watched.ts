import ipaddr from "ipaddr.js";
import type { Built } from "../model/built";
import type { Cluster } from "../model/cluster";
import { fieldOf, type Manifest } from "../model/manifest";
import type { Controller } from "./controller";
import type { Kind } from "../kinds/kind";
import { inClusterServer } from "./names";
import type { PermittedOn } from "./permitted";

/**
 * Tells each Argo CD which kinds to watch on which cluster, in its own configuration: exactly those that it may list.
 * Without it, it lists everything that a cluster has, and is refused.
 * https://argo-cd.readthedocs.io/en/stable/operator-manual/declarative-setup/#resource-exclusioninclusion
 */
export function withWatchedKinds(built: readonly Built[], controller: Controller | undefined, permitted: PermittedOn): readonly Built[] {
  const address = controller?.release?.address;
  if (!controller || address === undefined) return built;
  return built.map((it) => (it.release.address === address ? { ...it, manifests: it.manifests.map((manifest) => configured(manifest, controller, permitted)) } : it));
}

function configured(manifest: Manifest, controller: Controller, permitted: PermittedOn): Manifest {
  if (manifest.kind !== "ConfigMap" || manifest.metadata.name !== "argocd-cm") return manifest;
  const data = fieldOf(manifest, "data");
  return { ...manifest, data: { ...(typeof data === "object" ? data : {}), "resource.inclusions": inclusions(controller, permitted) } };
}

/** One line a group and cluster. JSON is YAML that stays on its line. */
function inclusions(controller: Controller, permitted: PermittedOn): string {
  const lines = controller.clusters.flatMap((cluster) => {
    const inside = cluster.name === controller.cluster.name;
    const { written, shown } = permitted(cluster);
    const own: readonly Kind[] = inside ? ["AppProject", "Application", "ApplicationSet"].map((kind) => ({ group: "argoproj.io", kind })) : [];
    const kinds = [...written, ...shown, ...own];
    return [...new Set(kinds.map(({ group }) => group))].sort().map((group) =>
      JSON.stringify({
        apiGroups: [group],
        kinds: [...new Set(kinds.filter((it) => it.group === group).map(({ kind }) => kind))].sort(),
        clusters: inside ? [inClusterServer, serviceOf(cluster)] : [cluster.network.api],
      }),
    );
  });
  return `${lines.map((line) => `- ${line}`).join("\n")}\n`;
}

/**
 * The address of Kubernetes' own Service, which is the first of the range. Argo CD filters what it watches by the address that
 * it connects to, and what it syncs by the cluster's name (gitops-engine/pkg/utils/kube/ctl.go, controller/state.go).
 */
function serviceOf(cluster: Cluster): string {
  const [first, second, third, last = 0] = ipaddr.IPv4.networkAddressFromCIDR(cluster.network.services).octets;
  return `https://${first}.${second}.${third}.${last + 1}:443`;
}
