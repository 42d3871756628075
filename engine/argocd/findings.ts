import type { Built } from "../model/built";
import { error, type Finding } from "../model/finding";
import { objectName, type Manifest } from "../model/manifest";
import { onEachRelease, type World } from "../model/resolve";
import { importedOperators } from "../../imports/operators";
import { argoCdsOn, controllersOf, type Controller } from "./controller";
import { isClusterScoped, kindOf, nameOfKind } from "../kinds/kind";
import { applicationName, clusterObjectName, rootName } from "./names";
import { syncedFolders } from "./synced-folder";

/** What would make Argo CD do harm, or nothing, whatever is built. */
export const argocdFindings = (world: World): readonly Finding[] => [
  ...installed(world),
  ...controllersOf(world).flatMap((controller) => [...applicationsUnique(controller, world), ...clusterObjectsUnique(controller, world)]),
  ...definitionsKnown(world),
];

/** Where an Argo CD of ours is promised, exactly one is placed. */
function installed(world: World): readonly Finding[] {
  const { gitops, clusters } = world.lab;
  if (gitops.mode === "existing") return [];
  const promised = clusters.filter((cluster) => gitops.mode === "perCluster" || cluster.name === gitops.hub);
  return promised.flatMap((cluster) => {
    const placed = argoCdsOn(cluster, world);
    if (placed.length === 1) return [];
    return [
      error({
        rule: "argocd-placed-once",
        address: cluster.name,
        found: placed.length ? `${placed.length} releases of Argo CD: ${placed.map(({ name }) => name).join(", ")}` : `gitops.mode is "${gitops.mode}", and ${cluster.name} runs no Argo CD`,
        expected: "exactly one",
        fix: placed.length ? "Remove all but one of them" : `Place Argo CD on ${cluster.name}, or change gitops`,
      }),
    ];
  });
}

interface Named {
  readonly name: string;
  /** What gave it the name, as the owner knows it. */
  readonly from: string;
}

/** Two ApplicationSets that make Applications of one name fight over it, and the loser's objects go (argo-cd#18201). */
function applicationsUnique(controller: Controller, world: World): readonly Finding[] {
  const named = controller.clusters.flatMap((cluster): readonly Named[] =>
    syncedFolders(controller, cluster, world).map(({ name }) => ({ name: applicationName(controller, cluster, name), from: `${cluster.name}/${name}` })),
  );
  return collisions([...named, { name: rootName(controller), from: "Argo CD's own Application" }], "application-name-unique", "an Application");
}

/** A cluster's ApplicationSet and AppProject carry its name, beside those of Argo CD itself. */
function clusterObjectsUnique(controller: Controller, world: World): readonly Finding[] {
  const own: readonly Named[] = [
    { name: rootName(controller), from: "Argo CD's own AppProject" },
    { name: "default", from: "the AppProject of every Argo CD" },
  ];
  const clusters = controller.clusters.map((cluster) => ({ name: clusterObjectName(controller, cluster), from: cluster.name }));
  return [
    ...collisions([...own, ...clusters], "project-name-unique", "an AppProject"),
    // The folder beside those of clusters.
    ...world.lab.clusters.filter(({ name }) => name === "crds").map(({ name }) =>
      error({ rule: "project-name-unique", address: name, found: "a cluster called crds", expected: "a name other than of the folder dist/crds", fix: "Rename the cluster" }),
    ),
  ];
}

function collisions(named: readonly Named[], rule: string, what: string): readonly Finding[] {
  const byName = new Map<string, Named[]>();
  for (const it of named) {
    const same = byName.get(it.name);
    if (same) same.push(it);
    else byName.set(it.name, [it]);
  }
  return [...byName].flatMap(([name, same]) => {
    if (same.length === 1) return [];
    return [
      error({
        rule,
        address: same.at(-1)?.from ?? name,
        found: `${what} called ${name}, which is also that of ${same.slice(0, -1).map(({ from }) => from).join(", ")}`,
        expected: "a name of its own in the whole lab",
        fix: "Rename the release with `as`, or the cluster",
      }),
    ];
  });
}

/** Operators whose CRDs are asked for are imported. */
function definitionsKnown(world: World): readonly Finding[] {
  const known = importedOperators.map(({ name }) => name);
  return onEachRelease(world, (release) =>
    release.app.crds.filter((operator) => !known.includes(operator)).map((operator) =>
      error({
        rule: "crds-imported",
        address: release.address,
        found: `crds of "${operator}"`,
        expected: `one of: ${known.join(", ")}`,
        fix: "Name the operator as tools/crds/operators.ts does, or add it there and run npm run import",
      }),
    ),
  );
}

/** An object that two releases write is healed back and forth, and pruned with either. */
export function ownedOnce(built: readonly Built[]): readonly Finding[] {
  const owners = new Map<string, { readonly manifest: Manifest; readonly addresses: string[] }>();
  for (const { release, manifests } of built)
    for (const manifest of manifests) {
      const namespace = isClusterScoped(kindOf(manifest)) ? "" : (manifest.metadata.namespace ?? release.namespace);
      const key = `${release.cluster.name} ${nameOfKind(kindOf(manifest))} ${namespace}/${manifest.metadata.name}`;
      const owner = owners.get(key) ?? { manifest, addresses: [] };
      owner.addresses.push(release.address);
      owners.set(key, owner);
    }
  return [...owners.values()].filter(({ addresses }) => addresses.length > 1).map(({ manifest, addresses }) =>
    error({
      rule: "object-owned-once",
      address: addresses.at(-1) ?? "",
      found: `${objectName(manifest)}, which ${addresses.slice(0, -1).join(", ")} writes too`,
      expected: "one release that writes it",
      fix: "Give one of them another namespace or name",
    }),
  );
}
