import type { Built } from "../../model/built";
import { error, type Finding } from "../../model/finding";
import { fieldOf } from "../../model/manifest";
import { podsOf, type Pod } from "./pods";

/** A GPU that was granted is taken as it must be: in the limits, and with the runtime that shows the device to the container. */
export const gpuTaken = (built: readonly Built[]): readonly Finding[] =>
  built.flatMap((it) => {
    const { needs, cluster, makes, address } = it.release;
    const grant = needs.gpu ? cluster.provides.gpu?.provide(needs.gpu) : undefined;
    if (!grant) return [];
    const report = (found: string, expected: string): Finding =>
      error({
        rule: "gpu-taken",
        address,
        found,
        expected,
        fix: "Write the whole grant into the pod: resource, count, runtimeClassName and tolerations",
      });
    const pods = podsOf(it);
    const takers = pods.filter((pod) => asks(pod, "limits", grant.resource));
    return [
      ...pods
        .filter((pod) => asks(pod, "requests", grant.resource) && !takers.includes(pod))
        .map(({ object }) => report(`${object} requests ${grant.resource} without limiting it`, "a limit: requests of a device alone are refused")),
      ...takers
        .filter(({ template }) => grant.runtimeClassName !== "" && template.spec.runtimeClassName !== grant.runtimeClassName)
        .map(({ object }) => report(`${object} takes ${grant.resource} under another runtime`, `runtimeClassName: ${grant.runtimeClassName}`)),
      ...(takers.length === 0 && makes.length === 0
        ? [report(`it needs a GPU, and none of its pods takes ${grant.resource}`, "a pod that uses what was asked for")]
        : []),
    ];
  });

const asks = ({ containers }: Pod, how: "requests" | "limits", resource: string): boolean =>
  containers.some(({ resources }) => fieldOf(resources, how, resource) !== undefined);
