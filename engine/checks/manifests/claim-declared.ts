import type { Built } from "../../model/built";
import { error, type Finding } from "../../model/finding";
import { fieldOf, objectName, type Manifest } from "../../model/manifest";
import type { Release } from "../../model/release";
import { fieldsNamed } from "./fields";
import { arrayOf } from "./violations";

/** Every volume is somebody's store: of one that nobody asked for nobody said what losing it would cost, so that nothing copies it and nothing counts it. */
export const claimDeclared = (built: readonly Built[]): readonly Finding[] =>
  built.flatMap(({ release, manifests }) => {
    const stores = storeNames(release);
    return manifests.flatMap((manifest) =>
      claimsOf(manifest)
        .filter((name) => (name === undefined ? !isTemplated(release) : !stores.has(name)))
        .map((name) =>
          error({
            rule: "claim-declared",
            address: release.address,
            found: `${objectName(manifest)} claims a volume${name === undefined || name === manifest.metadata.name ? "" : `, ${name}`}, and no store of the release is kept there`,
            expected: "a store in `needs`, which says whether it is precious",
            fix: "Ask for it: stores: { data: precious(…) }, or rebuildable(…); where a controller makes the claim, templated(…) with makes.claims",
          }),
        ),
    );
  });

/** Claims that an object makes: by their names, or unnamed where a controller chooses. */
function claimsOf(manifest: Manifest): readonly (string | undefined)[] {
  const { kind, apiVersion, metadata } = manifest;
  if (kind === "PersistentVolumeClaim") return [metadata.name];
  if (kind === "StatefulSet") return arrayOf(fieldOf(manifest, "spec", "volumeClaimTemplates")).map((it) => String(fieldOf(it, "metadata", "name")));
  return apiVersion.includes(".") && kind !== "CustomResourceDefinition" && fieldsNamed(manifest, templates).length > 0 ? [undefined] : [];
}

const templates: ReadonlySet<string> = new Set(["volumeClaimTemplate", "volumeClaimTemplates"]);

const isTemplated = ({ needs }: Release): boolean => Object.values(needs.stores ?? {}).some(({ claim }) => claim === "template");

/** What their claims are called, and what adoption calls them instead. */
function storeNames({ name, needs, placement }: Release): ReadonlySet<string> {
  const own = Object.keys(needs.stores ?? {}).map((store) => `${name}-${store}`);
  return new Set([...own, ...own.flatMap((claim) => placement.adopt?.names?.[`PersistentVolumeClaim/${claim}`] ?? [])]);
}
