import type { Cluster } from "../../model/cluster";
import type { BundledComponent } from "../../model/distribution";
import { error, type Finding } from "../../model/finding";
import type { World } from "../../model/resolve";

/** What ships with the distribution is not brought again: two controllers would fight over the same objects (k3s#2765). */
export function bundledOnce(world: World): readonly Finding[] {
  return world.onEachCluster((cluster, releases) => [
    ...releases.flatMap(({ address, app }) => {
      const component = cluster.distribution.bundles.find((it) => it === app.name);
      return component ? [twice(address, cluster, component, `it is placed, and ${cluster.distribution.name} brings ${component} itself`)] : [];
    }),
    ...addressesTwice(cluster),
  ]);
}

/** ServiceLB answers on every node's own address for the Services that another controller gives addresses to (metallb#306). */
function addressesTwice(cluster: Cluster): readonly Finding[] {
  const { distribution, provides, network } = cluster;
  const other = provides.loadBalancer?.backedBy ?? (Object.keys(network.pools ?? {}).length ? "the cluster's pools" : undefined);
  return other !== undefined && distribution.bundles.includes("servicelb")
    ? [twice(cluster.name, cluster, "servicelb", `${other} and the bundled servicelb both serve LoadBalancer Services`)]
    : [];
}

function twice(address: string, { distribution }: Cluster, component: BundledComponent, found: string): Finding {
  // k3s switches its local-path off under the name of the manifest: https://docs.k3s.io/installation/packaged-components
  const name = component === "local-path" ? "local-storage" : component;
  return error({
    rule: "bundled-once",
    address,
    found,
    expected: "one of the two",
    fix:
      distribution.name === "k3s" && component !== "coredns"
        ? `Set k3s({ disable: ["${name}"] }), and \`disable: [${name}]\` in k3s' own configuration`
        : `Remove the placement: ${distribution.name}'s own cannot be switched off`,
  });
}
