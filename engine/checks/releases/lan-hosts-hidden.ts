import { error, type Finding } from "../../model/finding";
import { carried, routed } from "../../model/flow";
import { hostNameOf } from "../../model/host-name";
import type { World } from "../../model/resolve";

/**
 * An ingress that the internet reaches answers there for every name that it routes: whoever knows the name of something meant for
 * the LAN gets it, by asking for that name at the open address.
 */
export const lanHostsHidden = (world: World): readonly Finding[] =>
  world.onEachCluster((cluster, releases) => {
    const { ingress } = cluster.provides;
    const open = releases.filter(({ app, needs }) => app.name === ingress?.controller && Object.values(needs.exposes ?? {}).some((endpoint) => endpoint.reach === "internet" && !routed(endpoint) && !carried(cluster, endpoint)));
    const served = releases.flatMap((release) => Object.values(release.needs.exposes ?? {}).filter((endpoint) => endpoint.reach === "lan" && routed(endpoint)).map((endpoint) => hostNameOf(release, endpoint)));
    if (open.length === 0 || served.length === 0) return [];
    return [
      error({
        rule: "lan-hosts-hidden",
        address: open[0]?.address ?? cluster.name,
        found: `the internet reaches it, and it answers there for the LAN's ${served.length > 3 ? `${served.slice(0, 3).join(", ")} and ${served.length - 3} more` : served.join(", ")}`,
        expected: "an ingress that the internet reaches routes nothing that is for the LAN alone",
        fix: "Leave the ingress to the LAN and carry callers by a tunnel (`provides.internet`), or publish from a cluster of its own",
      }),
    ];
  });
