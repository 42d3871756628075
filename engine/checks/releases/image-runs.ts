import { candidateNodes, labelledNodes } from "../../model/candidate-nodes";
import { error, type Finding } from "../../model/finding";
import { reference } from "../../model/image";
import { onEachRelease, type World } from "../../model/resolve";

/** An image runs on at least one node that its release may use: otherwise the pod starts and dies with "exec format error". */
export const imageRuns = (world: World): readonly Finding[] =>
  onEachRelease(world, (release) => {
    const free = candidateNodes(release);
    // Pods may tolerate more than their placement says: where it leaves no node, only labels are certain.
    const nodes = free.length ? free : labelledNodes(release);
    const architectures = [...new Set(nodes.map(({ arch }) => arch))];
    return release.images
      .filter((image) => nodes.length > 0 && !image.architectures.some((arch) => architectures.includes(arch)))
      .map((image) =>
        error({
          rule: "image-runs",
          address: release.address,
          found: `${reference(image)} is built for ${image.architectures.join(", ")}, and the nodes it may run on are ${architectures.join(", ")}`,
          expected: "an image for the architecture of one of these nodes",
          fix: "Choose an image for that architecture, or place it where its own is",
        }),
      );
  });
