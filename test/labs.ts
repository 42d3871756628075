import { resolve } from "node:path";
import { lab as defaultLab } from "../lab/lab";
import { lab as hybrid } from "../examples/hybrid/lab";
import { lab as ownApp } from "../examples/own-app/lab";
import { lab as singleCluster } from "../examples/single-cluster/lab";
import type { Lab } from "../engine/model/lab";
import { synthesize, type Synthesis } from "../engine/synth";

/** Every whole lab of the repository, by the folder that `--lab` takes. */
export const labs: Readonly<Record<string, Lab>> = { lab: defaultLab, "examples/single-cluster": singleCluster, "examples/own-app": ownApp, "examples/hybrid": hybrid };

export const importsDir = resolve(__dirname, "../imports");

const known = new Map<string, Synthesis>();

/** A lab's synthesis, once for all the tests of a file. */
export function synthesisOf(folder: string): Synthesis {
  const lab = labs[folder];
  if (!lab) throw new Error(`no lab in ${folder}`);
  const synthesis = known.get(folder) ?? synthesize(lab, importsDir);
  known.set(folder, synthesis);
  return synthesis;
}
