import { error, warning, type Finding } from "../../model/finding";
import { carried, entryPortOf, routed } from "../../model/flow";
import { hostNameOf } from "../../model/host-name";
import { nearest } from "../../model/nearest";
import type { Endpoint } from "../../model/needs";
import type { Release } from "../../model/release";
import { onEachRelease, type World } from "../../model/resolve";

/** Whatever the internet reaches by name says who may enter, and something there asks them. */
export const internetEntry = (world: World): readonly Finding[] =>
  onEachRelease(world, (release) =>
    Object.entries(release.needs.exposes ?? {}).flatMap(([name, endpoint]) =>
      endpoint.reach === "internet" ? (routed(endpoint) ? entered(release, name, endpoint, world) : []) : unused(release, name, endpoint),
    ),
  );

function entered(release: Release, name: string, endpoint: Endpoint, world: World): readonly Finding[] {
  const { enter } = endpoint;
  const { internet } = release.cluster.provides;
  const host = hostNameOf(release, endpoint);
  if (enter === undefined)
    return [finding(release, `exposes.${name} reaches the internet, and does not say who may enter`, 'groups of the lab\'s people, or "everyone"', "Say who may enter, or leave it to the LAN")];
  return [
    ...(enter === "everyone" ? [] : unknownGroups(release, name, enter, world)),
    ...(enter === "everyone" || (carried(release.cluster, endpoint) && internet?.asks(host))
      ? []
      : [
          finding(
            release,
            `exposes.${name} lets in ${enter.join(", ")} from the internet, and nothing asks at ${host} who calls`,
            "a provider of `internet` that asks there",
            `Tell \`provides.internet\` of ${release.cluster.name} how to ask at ${host}, or let everyone in`,
          ),
        ]),
    ...(carried(release.cluster, endpoint) ? twoAddresses(release, name, host) : []),
  ];
}

function unknownGroups(release: Release, name: string, enter: readonly string[], { lab }: World): readonly Finding[] {
  const known = [...new Set(lab.people.flatMap(({ groups }) => groups))].sort();
  return enter
    .filter((group) => !known.includes(group))
    .map((group) => finding(release, `exposes.${name} lets in "${group}", and nobody of the lab is in it`, `groups of its people: ${known.join(", ") || "none"}`, nearest(group, known) ? `Write "${nearest(group, known)}"` : `Put somebody into "${group}"`));
}

/** An app knows one address of its own, with its port. */
function twoAddresses(release: Release, name: string, host: string): readonly Finding[] {
  const port = entryPortOf(release.cluster);
  if (port === 443) return [];
  return [
    warning({
      rule: "internet-entry",
      address: release.address,
      found: `exposes.${name} is https://${host}:${port} in the LAN, and https://${host} on the internet`,
      expected: "one address for both: apps compare the one that they know with the browser's",
      fix: "Publish it from a cluster whose ingress answers at 443, or see that the app takes both",
    }),
  ];
}

const unused = (release: Release, name: string, { enter, reach }: Endpoint): readonly Finding[] =>
  enter === undefined ? [] : [finding(release, `exposes.${name} says who may enter from the internet, and reaches the ${reach}`, "that only where the internet reaches it", "Leave `enter` out, or let it reach the internet")];

const finding = (release: Release, found: string, expected: string, fix: string): Finding => error({ rule: "internet-entry", address: release.address, found, expected, fix });
