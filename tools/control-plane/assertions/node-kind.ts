import { z } from "zod";
import { reference } from "../../../engine/model/image";
import type { Node } from "../../../engine/model/cluster";
import { bytesOf } from "../../../engine/model/quantity";
import { namespacesOf, type Release } from "../../../engine/model/release";
import type { World } from "../../../engine/model/resolve";
import type { RunningCluster } from "../cluster/start-cluster";
import type { Assertion } from "./assertion";

const container = z.looseObject({ image: z.string(), resources: z.looseObject({ limits: z.record(z.string(), z.unknown()).optional() }).optional() });

const placedPod = z.looseObject({
  metadata: z.looseObject({ namespace: z.string(), name: z.string(), labels: z.record(z.string(), z.string()).default({}) }),
  spec: z.looseObject({ nodeName: z.string().optional(), containers: z.array(container), initContainers: z.array(container).default([]) }),
});

/** A pod that a node has taken. */
export type PlacedPod = z.infer<typeof placedPod>;

/** Every pod stands on a node of the kind that the lab means for it, which the scheduler only knows as far as our manifests say so. */
export async function podsStandRight({ api, under }: RunningCluster, world: World): Promise<Assertion> {
  const releases = world.releases.filter(({ cluster }) => cluster.name === under.name);
  const nodes = new Map(world.lab.clusters.filter(({ name }) => name === under.name).flatMap((cluster) => cluster.nodes.map((node) => [node.name, node])));
  const pods = (await api.client.list("v1", "Pod")).map((object) => placedPod.parse(object)).filter(({ spec }) => spec.nodeName !== undefined);
  const problems = pods.flatMap((pod) => {
    const release = releases.find((each) => each.name === pod.metadata.labels["app.kubernetes.io/instance"] && namespacesOf(each).includes(pod.metadata.namespace));
    const node = nodes.get(pod.spec.nodeName ?? "");
    const wrong = release === undefined ? ["belongs to no release"] : node === undefined ? [`stands on ${String(pod.spec.nodeName)}, which the lab does not have`] : standsWrong(pod, release, node);
    return wrong.map((problem) => `pod ${pod.metadata.namespace}/${pod.metadata.name} ${problem}`);
  });
  return { says: `${under.name}: all ${String(pods.length)} pods stand on nodes of the right kind (architecture, labels, GPU)`, problems };
}

/** What a node lacks for a pod of a release. */
export function standsWrong({ spec }: PlacedPod, release: Release, node: Node): readonly string[] {
  const containers = [...spec.containers, ...spec.initContainers];
  const architectures = new Map(release.images.map((image) => [reference(image), image.architectures]));
  const images = [...new Set(containers.map(({ image }) => image))].flatMap((image) => {
    const built = architectures.get(image);
    if (built === undefined) return [`runs ${image}, which ${release.address} does not name`];
    return built.includes(node.arch) ? [] : [`stands on ${node.name} (${node.arch}), and ${image} is built for ${built.join(", ")}`];
  });
  const labels = Object.entries(release.placement.on).filter(([key, value]) => node.labels[key] !== value).map(([key, value]) => `stands on ${node.name}, which is not ${key}=${value}`);
  return [...images, ...labels, ...lacksGpu(containers, release, node)];
}

function lacksGpu(containers: PlacedPod["spec"]["containers"], { needs: { gpu } }: Release, node: Node): readonly string[] {
  const wants = containers.some(({ resources }) => Object.keys(resources?.limits ?? {}).some((name) => name.endsWith(".com/gpu")));
  if (!wants || gpu === undefined) return [];
  const enough = node.gpus.some(({ vendor, memory }) => vendor === gpu.vendor && bytesOf(memory) >= bytesOf(gpu.memory));
  return enough ? [] : [`stands on ${node.name}, which has no ${gpu.vendor} GPU with ${gpu.memory}`];
}
