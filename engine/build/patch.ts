import { error, type Finding } from "../model/finding";
import { objectName, type Manifest } from "../model/manifest";
import type { Patch } from "../model/placement";
import type { Release } from "../model/release";

/** Applies a placement's patches. One that finds no object, or no place in it, is a finding: the app has moved on. */
export function patched(release: Release, manifests: readonly Manifest[]): { readonly manifests: readonly Manifest[]; readonly findings: readonly Finding[] } {
  const findings: Finding[] = [];
  let result = manifests;
  for (const patch of release.placement.patch) {
    let applied = false;
    result = result.map((manifest) => {
      if (objectName(manifest) !== patch.of) return manifest;
      const next = setAt(manifest, pointer(patch.at), patch);
      applied ||= next !== undefined;
      return (next as Manifest | undefined) ?? manifest;
    });
    if (!applied) findings.push(stale(release, patch, manifests.some((manifest) => objectName(manifest) === patch.of)));
  }
  return { manifests: result, findings };
}

const pointer = (at: string): readonly string[] => at.split("/").slice(1).map((step) => step.replaceAll("~1", "/").replaceAll("~0", "~"));

/** The value with one place changed, or undefined where the place does not exist. A last step may be new. */
function setAt(value: unknown, path: readonly string[], patch: Patch): unknown {
  const [step, ...rest] = path;
  if (step === undefined || typeof value !== "object" || value === null) return undefined;
  if (Array.isArray(value)) {
    const index = step === "-" ? value.length : Number(step);
    if (!Number.isInteger(index) || index > value.length || (rest.length > 0 && index === value.length)) return undefined;
    const items: unknown[] = [...value];
    if (rest.length === 0) return patch.value === undefined ? items.toSpliced(index, 1) : items.toSpliced(index, 1, patch.value);
    const inner = setAt(items[index], rest, patch);
    return inner === undefined ? undefined : items.toSpliced(index, 1, inner);
  }
  const record = value as Readonly<Record<string, unknown>>;
  if (rest.length > 0) {
    const inner = setAt(record[step], rest, patch);
    return inner === undefined ? undefined : { ...record, [step]: inner };
  }
  if (patch.value !== undefined) return { ...record, [step]: patch.value };
  if (!(step in record)) return undefined;
  const { [step]: _removed, ...others } = record;
  return others;
}

const stale = (release: Release, patch: Patch, exists: boolean): Finding =>
  error({
    rule: "patch-applies",
    address: release.address,
    found: exists ? `a patch of ${patch.of} at ${patch.at}, where there is nothing` : `a patch of ${patch.of}, and no such object`,
    expected: "an object and a place that the app writes",
    fix: `Remove the patch (because: ${patch.because}), or name what it should change today`,
  });
