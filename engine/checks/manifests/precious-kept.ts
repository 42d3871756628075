import type { Built } from "../../model/built";
import { error, type Finding } from "../../model/finding";
import { keepsPrecious } from "../../model/first-start";
import { objectName } from "../../model/manifest";

/** One word brings three things, and all three are there: what is precious is copied, drilled, and comes back before the first start. */
export function preciousKept(built: readonly Built[]): readonly Finding[] {
  const objects = new Map(built.map(({ release, manifests }) => [release.address, new Set(manifests.map(objectName))]));
  return built.flatMap(({ release }) => {
    const { backup } = release.cluster.provides;
    if (!backup || !keepsPrecious(release.needs)) return [];
    return backup
      .parts(release)
      .filter(({ address, object }) => !objects.get(address)?.has(object))
      .map(({ does, address, object }) =>
        error({
          rule: "precious-kept",
          address: release.address,
          found: `precious volumes, and no ${object} in ${address} to ${does} them`,
          expected: "a copy, a drill and a restore of everything precious",
          fix: `Take away what renames or leaves out ${object}, or call the stores rebuildable if they are`,
        }),
      );
  });
}
