import type { Built } from "../model/built";
import { fieldOf, type Manifest } from "../model/manifest";
import type { World } from "../model/resolve";
import { controllersOf, type Controller } from "./controller";
import type { Kind } from "../kinds/kind";
import { inClusterServer } from "./names";
import { permittedOn } from "./permitted";

/**
 * Tells each Argo CD which kinds to watch on which cluster, in its own configuration: exactly those that it may list.
 * Without it, it lists everything that a cluster has, and is refused.
 * https://argo-cd.readthedocs.io/en/stable/operator-manual/declarative-setup/#resource-exclusioninclusion
 */
export function withWatchedKinds(world: World, built: readonly Built[]): readonly Built[] {
  const controllers = new Map(controllersOf(world).map((controller) => [controller.release?.address, controller]));
  return built.map((it) => {
    const controller = controllers.get(it.release.address);
    return controller ? { ...it, manifests: it.manifests.map((manifest) => configured(manifest, controller, built)) } : it;
  });
}

function configured(manifest: Manifest, controller: Controller, built: readonly Built[]): Manifest {
  if (manifest.kind !== "ConfigMap" || manifest.metadata.name !== "argocd-cm") return manifest;
  const data = fieldOf(manifest, "data");
  return { ...manifest, data: { ...(typeof data === "object" ? data : {}), "resource.inclusions": inclusions(controller, built) } };
}

/** One line a group and cluster. JSON is YAML that stays on its line. */
function inclusions(controller: Controller, built: readonly Built[]): string {
  const lines = controller.clusters.flatMap((cluster) => {
    const inside = cluster.name === controller.cluster.name;
    const { written, shown } = permittedOn(cluster, built);
    const own: readonly Kind[] = inside ? ["AppProject", "Application", "ApplicationSet"].map((kind) => ({ group: "argoproj.io", kind })) : [];
    const kinds = [...written, ...shown, ...own];
    return [...new Set(kinds.map(({ group }) => group))].sort().map((group) =>
      JSON.stringify({
        apiGroups: [group],
        kinds: [...new Set(kinds.filter((it) => it.group === group).map(({ kind }) => kind))].sort(),
        clusters: [inside ? inClusterServer : cluster.network.api],
      }),
    );
  });
  return `${lines.map((line) => `- ${line}`).join("\n")}\n`;
}
