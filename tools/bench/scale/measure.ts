import { mergeTrees } from "../../../engine/emit/tree";
import { sentenceOf, type Finding } from "../../../engine/model/finding";
import type { Piece } from "../../../engine/pieces";
import { synthesizeEach } from "../../../engine/synth";
import { largeLab } from "./large-lab";

/** What one synthesis of a large lab took. */
export interface Measured {
  readonly clusters: number;
  readonly releases: number;
  readonly objects: number;
  readonly files: number;
  readonly megabytes: number;
  /** CPU, the collector's own threads included. */
  readonly seconds: number;
}

/** Synthesizes a generated lab with every check and proof, up to the text of each file, and lets go of each cluster. */
export function measure(clusters: number, releases: number, importsDir: string): Measured {
  const started = process.cpuUsage();
  const lab = largeLab(clusters, releases);
  let [objects, files, bytes] = [0, 0, 0];
  const count = (piece: Piece): void => {
    refuse(piece.findings);
    for (const text of mergeTrees(piece.parts()).tree.values()) {
      files++;
      bytes += Buffer.byteLength(text);
    }
  };
  const { world, findings, shared } = synthesizeEach(lab, importsDir, (_cluster, piece) => {
    objects += piece.tally.objects;
    count(piece);
  });
  refuse(findings);
  if (shared) count(shared);
  const { user, system } = process.cpuUsage(started);
  return { clusters, releases: world.releases.length, objects, files, megabytes: bytes / 1e6, seconds: (user + system) / 1e6 };
}

/** A lab with an error is not synthesized at all: timing that would be timing nothing. */
function refuse(findings: readonly Finding[]): void {
  const errors = findings.filter(({ severity }) => severity === "error");
  if (errors.length) throw new Error(`the generated lab is wrong:\n${errors.slice(0, 5).map(sentenceOf).join("\n")}`);
}
