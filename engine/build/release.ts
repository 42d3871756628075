import { App as Cdk8sApp, Chart } from "cdk8s";
import { Construct } from "constructs";
import { networkPolicies } from "../capabilities/flows/network-policies";
import { anew, type BuildRelease, type Built } from "../model/built";
import type { Cluster } from "../model/cluster";
import { keepsPrecious } from "../model/first-start";
import { flowsOn, type Flow } from "../model/flow";
import { mirrorGrants, mirrorOf } from "../model/mirrored";
import type { Neighbour } from "../model/neighbour";
import { namespacesOf, type Release } from "../model/release";
import type { World } from "../model/resolve";
import { adopted } from "./adopt";
import { expose } from "./exposure";
import { grantsOf } from "./grants";
import { manifestsOf } from "./manifests-of";
import { namespace } from "./namespace";
import { neighbourOf } from "./neighbours";
import { patched } from "./patch";
import { placePods } from "./placing";
import { podSecurityLevel } from "./pod-security";
import { revised } from "./revised";
import { scoped } from "./scoping";
import { watch } from "./watching";

/** What one cluster's releases are to each other: found once, and given to each. */
interface Surroundings {
  readonly flows: ReadonlyMap<string, readonly Flow[]>;
  /** Asks the world each time: whoever builds again only what can have changed has to see it. */
  neighbours(): readonly Neighbour[];
}

function surroundingsOn(cluster: Cluster, world: World, leaving: readonly Release[]): Surroundings {
  let known: readonly Neighbour[] | undefined;
  return {
    flows: flowsOn(cluster, world, leaving),
    neighbours() {
      const standing = world.releasesOn(cluster);
      return (known ??= standing.map(neighbourOf));
    },
  };
}

/** The objects of everything on a cluster, and of those on their way out all that they still own. */
export function buildCluster(cluster: Cluster, world: World, known: BuildRelease = anew): { readonly built: readonly Built[]; readonly leaving: readonly Built[] } {
  const going = world.retired.filter((release) => release.cluster === cluster && release.retired?.app === "delete");
  const surroundings = surroundingsOn(cluster, world, going);
  const flowsOf = ({ address }: Release) => surroundings.flows.get(address);
  return {
    built: world.releasesOn(cluster).map((release) => known(release, flowsOf(release), () => build(release, world, surroundings))),
    leaving: going.map((release) => build(release, world, surroundings)),
  };
}

/** One cdk8s App for each release: names cannot collide across releases, and the cost stays linear. */
export function build(release: Release, world: World, { flows, neighbours } = surroundingsOn(release.cluster, world, [])): Built {
  const chart = new Chart(new Cdk8sApp(), release.name, {
    namespace: release.namespace,
    disableResourceNameHashes: true,
    labels: {
      "app.kubernetes.io/name": release.app.name,
      "app.kubernetes.io/instance": release.name,
      "app.kubernetes.io/managed-by": "hearth",
    },
  });
  // What is the engine's has scopes of its own: an app may name its constructs as it likes.
  const grants = grantsOf(new Construct(chart, "granted"), release, world);
  expose(new Construct(chart, "exposed"), release);
  watch(new Construct(chart, "watched"), release);
  if (keepsPrecious(release.needs)) release.cluster.provides.backup?.protect({ chart: new Construct(chart, "protected"), release });
  mirrorOf(release)?.copy({ chart: new Construct(chart, "mirrored"), release }, mirrorGrants(release.needs, grants));
  release.app.build(chart, {
    name: release.name,
    namespace: release.namespace,
    // `resolve` parsed the settings with the app's own schema, and `grantsOf` followed the app's own needs.
    settings: release.settings as never,
    site: release.site,
    grants: grants as never,
    get neighbours() {
      return neighbours().filter(({ address }) => address !== release.address);
    },
  });
  if (release.placement.enforcement === "enforce") networkPolicies(new Construct(chart, "flows"), release, flows.get(release.address) ?? []);

  const written = revised(placePods(release, manifestsOf(chart).map(scoped)));
  const namespaces = namespacesOf(release).map((name) => namespace(release, name, podSecurityLevel(release, written, name)));
  const taken = adopted(release, [...namespaces, ...written]);
  const { manifests, findings } = patched(release, taken);
  return { release, manifests, findings };
}
