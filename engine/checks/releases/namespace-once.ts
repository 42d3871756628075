import { error, type Finding } from "../../model/finding";
import { namespacesOf, type Release } from "../../model/release";
import type { World } from "../../model/resolve";
import { systemNamespaces } from "../../model/system-namespaces";
import { repeated } from "../groups";

/** A namespace belongs to one release, which decides its Pod Security level and its policies. */
export function namespaceOnce(world: World): readonly Finding[] {
  return world.onEachCluster((_cluster, releases) => claimedTwice(releases));
}

function claimedTwice(releases: readonly Release[]): readonly Finding[] {
  const claims = releases.flatMap((release) => namespacesOf(release).map((namespace) => ({ release, namespace })));
  const report = (release: Release | undefined, found: string, fix: string): Finding =>
    error({ rule: "namespace-once", address: release?.address ?? "lab", found, expected: "a namespace of its own", fix });
  return [
    ...repeated(claims, ({ namespace }) => namespace).map(([, same]) =>
      report(
        same[1]?.release,
        `${same.map(({ release }) => release.address).join(" and ")} both claim namespace ${same[0]?.namespace}`,
        "Place one of them under another name (`as`), or adopt another namespace",
      ),
    ),
    ...claims
      .filter(({ namespace }) => systemNamespaces.includes(namespace))
      .map(({ release, namespace }) =>
        report(release, `it claims ${namespace}, which is Kubernetes' own`, "Place it under another name (`as`), or adopt another namespace"),
      ),
  ];
}
