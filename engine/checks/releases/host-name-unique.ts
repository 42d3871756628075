import { error, type Finding } from "../../model/finding";
import { routed } from "../../model/flow";
import { hostNameOf } from "../../model/host-name";
import type { World } from "../../model/resolve";
import { isDnsName, labelWords } from "../dns-name";
import { repeated } from "../groups";

/** A host name leads to one endpoint of the whole lab. */
export function hostNameUnique(world: World): readonly Finding[] {
  const names = world.releases.flatMap((release) =>
    Object.entries(release.needs.exposes ?? {})
      .filter(([, endpoint]) => endpoint.reach !== "cluster" && routed(endpoint))
      .map(([endpoint, need]) => ({ address: release.address, endpoint, name: hostNameOf(release, need) })),
  );
  const report = (rule: string, address: string, found: string, expected: string): Finding =>
    error({ rule, address, found, expected, fix: "Give the endpoint another `host`, or the release another name" });
  return [
    ...names
      .filter(({ name }) => !isDnsName(name))
      .map(({ address, endpoint, name }) => report("name-is-label", address, `exposes.${endpoint} is reached as "${name}"`, labelWords)),
    ...repeated(names, ({ name }) => name).map(([name, same]) =>
      report(
        "host-name-unique",
        same[1]?.address ?? "lab",
        `${same.map(({ address, endpoint }) => `${address}'s ${endpoint}`).join(" and ")} are both reached as ${name}`,
        "one endpoint for each host name",
      ),
    ),
  ];
}
