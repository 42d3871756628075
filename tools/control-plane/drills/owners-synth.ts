import { ownedDirs } from "../../../engine/cli/synth";
import { droppedFolders } from "../../../engine/dropped";
import { writeTree } from "../../../engine/emit/disk";
import { sentenceOf, type Finding } from "../../../engine/model/finding";
import type { Lab } from "../../../engine/model/lab";
import { synthesize } from "../../../engine/synth";
import { UserError } from "../user-error";

/** A folder that the owner synthesizes into, and the engine's own imported types. */
export interface Checkout {
  readonly directory: string;
  readonly importsDirectory: string;
}

/** What `npm run synth` refuses a lab for; nothing where it would write. */
export const refusals = ({ directory, importsDirectory }: Checkout, lab: Lab): readonly Finding[] => examined(directory, importsDirectory, lab).errors;

/** Does what `npm run synth` does. Throws where it refuses. */
export function ownersSynth({ directory, importsDirectory }: Checkout, lab: Lab): void {
  const { errors, tree } = examined(directory, importsDirectory, lab);
  if (errors.length > 0) throw new UserError(`synth refuses the lab:\n  ${errors.map(sentenceOf).join("\n  ")}`);
  writeTree(directory, tree, { ownedDirs, rootMark: ".git" });
}

function examined(directory: string, importsDirectory: string, lab: Lab) {
  const { findings, ...output } = synthesize(lab, importsDirectory);
  const dropped = output.tree.size > 0 ? droppedFolders(directory, output, lab) : [];
  return { tree: output.tree, errors: [...findings, ...dropped].filter(({ severity }) => severity === "error") };
}
