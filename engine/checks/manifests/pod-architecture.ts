import { isTolerated, labelsOf } from "../../model/candidate-nodes";
import type { Built } from "../../model/built";
import { error, type Finding } from "../../model/finding";
import { reference } from "../../model/image";
import { podsOf, type Pod } from "./pods";

/** The scheduler does not look at images: a pod must keep off the nodes that its images are not built for. */
export const podArchitecture = (built: readonly Built[]): readonly Finding[] =>
  built.flatMap((it) => {
    const architectures = new Map(it.release.images.map((image) => [reference(image), image.architectures]));
    return podsOf(it).flatMap((pod) => {
      const nodes = nodesOf(pod);
      return pod.containers.flatMap(({ name, image }) => {
        const wrong = nodes.filter(({ arch }) => architectures.get(image)?.includes(arch) === false);
        if (wrong.length === 0) return [];
        const where = wrong.map((node) => `${node.name} (${node.arch})`).join(", ");
        return [
          error({
            rule: "pod-architecture",
            address: it.release.address,
            found: `${pod.object} may land on ${where}, and container ${name} is built for ${architectures.get(image)?.join(", ")}`,
            expected: "only nodes that every container can run on",
            fix: "Select kubernetes.io/arch, or choose images for every architecture of the cluster",
          }),
        ];
      });
    });
  });

/** Labels that no node of the lab has may come at run time, from a controller: they keep the pod nowhere. */
function nodesOf({ release, template }: Pod) {
  const { cluster } = release;
  const { nodeSelector = {}, tolerations = [] } = template.spec;
  const labelled = cluster.nodes.map((node) => ({ node, labels: labelsOf(node, cluster) }));
  const known = Object.entries(nodeSelector).filter(([key]) => labelled.some(({ labels }) => key in labels));
  return labelled
    .filter(({ node, labels }) => known.every(([key, value]) => labels[key] === value) && isTolerated(node, tolerations))
    .map(({ node }) => node);
}
