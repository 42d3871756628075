import { App as Cdk8sApp, Chart } from "cdk8s";
import { Construct } from "constructs";
import { networkPolicies } from "../capabilities/flows/network-policies";
import type { Built } from "../model/built";
import { flowsOf } from "../model/flow";
import type { Manifest } from "../model/manifest";
import { namespacesOf, type Release } from "../model/release";
import type { World } from "../model/resolve";
import { adopted } from "./adopt";
import { expose } from "./exposure";
import { grantsOf } from "./grants";
import { namespace } from "./namespace";
import { neighboursOf } from "./neighbours";
import { patched } from "./patch";
import { placePods } from "./placing";
import { podSecurityLevel } from "./pod-security";
import { scoped } from "./scoping";
import { watch } from "./watching";

/** One cdk8s App for each release: names cannot collide across releases, and the cost stays linear. */
export function build(release: Release, world: World): Built {
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
  release.app.build(chart, {
    name: release.name,
    namespace: release.namespace,
    // `resolve` parsed the settings with the app's own schema, and `grantsOf` followed the app's own needs.
    settings: release.settings as never,
    site: release.site,
    grants: grants as never,
    neighbours: neighboursOf(release, world),
  });
  if (release.placement.enforcement === "enforce") networkPolicies(new Construct(chart, "flows"), release, flowsOf(release, world));

  const written = placePods(release, (chart.toJson() as Manifest[]).map(scoped));
  const namespaces = namespacesOf(release).map((name) => namespace(release, name, podSecurityLevel(release, written, name)));
  const taken = adopted(release, [...namespaces, ...written]);
  const { manifests, findings } = patched(release, taken);
  return { release, manifests, findings };
}
