import type { Built } from "../../model/built";
import { error, type Finding } from "../../model/finding";
import { fieldOf, objectName } from "../../model/manifest";
import { bytes, bytesFrom, bytesOf } from "../../model/quantity";

/** History that may grow larger than its volume fills it: Prometheus stops then, and takes no alert with it that anybody would see. */
export const retentionFits = (built: readonly Built[]): readonly Finding[] =>
  built.flatMap(({ release, manifests }) =>
    manifests
      .filter(({ kind, apiVersion }) => kind === "Prometheus" && apiVersion.startsWith("monitoring.coreos.com/"))
      .flatMap((manifest) => {
        const claimed = fieldOf(manifest, "spec", "storage", "volumeClaimTemplate", "spec", "resources", "requests", "storage");
        const kept = bytesKept(fieldOf(manifest, "spec", "retentionSize"));
        const parsed = bytes.safeParse(claimed);
        if (!parsed.success || kept === undefined || kept <= bytesOf(parsed.data)) return [];
        return [
          error({
            rule: "retention-fits",
            address: release.address,
            found: `${objectName(manifest)} keeps up to ${bytesFrom(Math.round(kept))} on a volume of ${parsed.data}`,
            expected: "less than its volume holds, so that the oldest goes before it is full",
            fix: "Keep less, or give it more space",
          }),
        ];
      }),
  );

/** Prometheus' own units, all of them powers of 1024: https://prometheus-operator.dev/docs/api-reference/api/#monitoring.coreos.com/v1.ByteSize */
function bytesKept(size: unknown): number | undefined {
  const [, number, unit] = /^(\d+(?:\.\d+)?)([KMGTPE]?)i?B$/.exec(String(size)) ?? [];
  return number === undefined ? undefined : Number(number) * 1024 ** ["", "K", "M", "G", "T", "P", "E"].indexOf(unit ?? "");
}
