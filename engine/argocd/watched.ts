import ipaddr from "ipaddr.js";
import type { Built } from "../model/built";
import type { Cluster } from "../model/cluster";
import { fieldOf, type Manifest } from "../model/manifest";
import type { Controller } from "./controller";
import type { Kind } from "../kinds/kind";
import { inClusterServer } from "./names";
import type { Permitted, PermittedOn } from "./permitted";

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

/**
 * One line for each group and the kinds of it, with every cluster that has these: most clusters have the same, and a line for each
 * would end a hub at a third of the clusters, where the ConfigMap is full. JSON is YAML that stays on its line.
 */
function inclusions(controller: Controller, permitted: PermittedOn): string {
  const clusters = new Map<string, string[]>();
  for (const cluster of controller.clusters) {
    const inside = cluster.name === controller.cluster.name;
    const addresses = inside ? [inClusterServer, serviceOf(cluster)] : [cluster.network.api];
    for (const watched of watchedOn(permitted(cluster), inside)) {
      const known = clusters.get(watched);
      if (known) known.push(...addresses);
      else clusters.set(watched, [...addresses]);
    }
  }
  return `${[...clusters].map(([watched, addresses]) => `- {${watched},"clusters":${JSON.stringify(addresses)}}`).sort().join("\n")}\n`;
}

/** `"apiGroups":["apps"],"kinds":["Deployment"]` for each group of what a cluster has. */
function watchedOn({ written, shown }: Permitted, inside: boolean): readonly string[] {
  const own: readonly Kind[] = inside ? ["AppProject", "Application", "ApplicationSet"].map((kind) => ({ group: "argoproj.io", kind })) : [];
  const byGroup = new Map<string, Set<string>>();
  for (const { group, kind } of [...written, ...shown, ...own]) byGroup.set(group, (byGroup.get(group) ?? new Set()).add(kind));
  return [...byGroup].map(([group, kinds]) => `"apiGroups":${JSON.stringify([group])},"kinds":${JSON.stringify([...kinds].sort())}`);
}

/**
 * The address of Kubernetes' own Service, which is the first of the range. Argo CD filters what it watches by the address that
 * it connects to, and what it syncs by the cluster's name (gitops-engine/pkg/utils/kube/ctl.go, controller/state.go).
 */
function serviceOf(cluster: Cluster): string {
  const [first, second, third, last = 0] = ipaddr.IPv4.networkAddressFromCIDR(cluster.network.services).octets;
  return `https://${first}.${second}.${third}.${last + 1}:443`;
}
