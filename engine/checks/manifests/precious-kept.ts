import type { Built } from "../../model/built";
import { error, type Finding } from "../../model/finding";
import { keepsPrecious } from "../../model/first-start";
import { fieldOf, objectName, type Manifest } from "../../model/manifest";

/** One word brings three things, and all three are there: what is precious is copied, drilled, and comes back before the first start. */
export function preciousKept(built: readonly Built[]): readonly Finding[] {
  const objects = new Map(built.map(({ release, manifests }) => [release.address, new Map(manifests.map((manifest) => [objectName(manifest), manifest]))]));
  return built.flatMap(({ release }) => {
    const { backup } = release.cluster.provides;
    if (!backup || !keepsPrecious(release.needs)) return [];
    return backup.parts(release).flatMap(({ does, address, object }) => {
      const part = objects.get(address)?.get(object);
      if (part && !rests(part)) return [];
      return [
        error({
          rule: "precious-kept",
          address: release.address,
          found: `precious volumes, and ${part ? `${object} in ${address} that would ${does} them rests` : `no ${object} in ${address} to ${does} them`}`,
          expected: "a copy, a drill and a restore of everything precious",
          fix: part ? "Let it run, or call the stores rebuildable if they are" : `Take away what renames or leaves out ${object}, or call the stores rebuildable if they are`,
        }),
      ];
    });
  });
}

/** Jobs and CronJobs are suspended, Velero's Schedules paused. */
const rests = ({ spec }: Manifest): boolean => fieldOf(spec, "suspend") === true || fieldOf(spec, "paused") === true;
