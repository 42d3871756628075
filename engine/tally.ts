import type { Built, Tally } from "./model/built";
import { exemptionPrefix } from "./model/pod-security";
import { podTemplateOf } from "./model/pod-template";

export const tallyOf = (built: readonly Built[]): Tally => ({
  objects: built.reduce((sum, { manifests }) => sum + manifests.length, 0),
  exemptions: built.reduce((sum, it) => sum + exemptionsIn(it), 0),
});

function exemptionsIn({ release, manifests }: Built): number {
  const written = manifests.flatMap((manifest) => Object.keys(podTemplateOf(manifest)?.metadata?.annotations ?? {}));
  const made = release.makes.flatMap((it) => Object.keys(it.exempt ?? {}));
  return written.filter((annotation) => annotation.startsWith(exemptionPrefix)).length + made.length;
}

export const sumOf = (tallies: readonly Tally[]): Tally => ({
  objects: tallies.reduce((sum, { objects }) => sum + objects, 0),
  exemptions: tallies.reduce((sum, { exemptions }) => sum + exemptions, 0),
});
