import type { LostPods, SeatedNode, Seated, Witness } from "../proofs/fit/witness";

/** One way in which the scheduler can place every pod, node by node, and what the loss of a node would cost. */
export function renderWitness({ nodes, homeless, losses, othersCountedAs }: Witness): string {
  const lost = losses.filter((loss) => loss.homeless.length + loss.bound.length > 0);
  return `${[
    ...nodes.flatMap((node) => nodeLines(node, othersCountedAs)),
    ...(homeless.length ? ["nowhere", ...homeless.map(podLine)] : []),
    ...lost.flatMap(({ address, homeless: without, bound }) => [
      `while ${address} is gone`,
      ...without.map((pods) => `${lostLine(pods)}: finds no other node`),
      ...bound.map((pods) => `${lostLine(pods)}: waits for its volume there`),
    ]),
    ...unknownSizes(nodes, othersCountedAs),
  ].join("\n")}\n`;
}

const nodeLines = ({ address, pods, free, images }: SeatedNode, others: string | undefined): readonly string[] => {
  const devices = Object.entries(free.devices).map(([name, count]) => `${count} ${name}`);
  return [`${address}  free: ${[`${rounded(free.cpu)} CPU`, `${gibibytes(free.memory)} memory`, `${gibibytes(free.disk)} disk`, ...devices].join(", ")}`, `  images: ${imageWords(images, others)}`, ...pods.map(podLine)];
};

const imageWords = ({ bytes, unknown }: SeatedNode["images"], others: string | undefined): string =>
  `${gibibytes(bytes)}${unknown.length === 0 ? "" : others === undefined ? `, and ${unknown.length} of unknown size` : `, ${unknown.length} of them counted as ${others}`}`;

/** Nobody said how large they are: where the lab counts them as nothing, what is free of a disk is less by these. */
const unknownSizes = (nodes: readonly SeatedNode[], others: string | undefined): readonly string[] => {
  const names = [...new Set(nodes.flatMap(({ images }) => images.unknown))].sort();
  return names.length ? [`images of unknown size, counted as ${others ?? "nothing"}`, ...names.map((name) => `  ${name}`)] : [];
};

const podLine = ({ release, name, count }: Seated): string => `  ${String(count).padStart(3)} × ${release}  ${name}`;

/** Of production, only what may be gone is: anything else is an error of synth. */
const lostLine = (pods: LostPods): string => `${podLine(pods)}${pods.environment ? ` (${pods.environment})` : ""}`;

const rounded = (value: number): string => String(Math.round(value * 100) / 100);
const gibibytes = (bytes: number): string => `${rounded(bytes / 2 ** 30)}Gi`;
