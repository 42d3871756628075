import { z } from "zod";
import type { Made } from "../../../engine/model/makes";
import type { ClosedKind } from "../../control-plane/definitions/stand-in";
import type { Assertion } from "../../control-plane/assertions/assertion";
import { describeObject, fieldOf, type KubernetesObject } from "../../control-plane/kubernetes/object";
import { filesOf } from "../build/build-operators";
import { committed, type LabCluster } from "../run/lab-cluster";
import type { Operator } from "../run/operator";
import { awaited, awaitedOutcome } from "./condition";
import { differences } from "./made";
import { nodeFeatureDiscovery } from "./node-feature-discovery";

const NAME = "gpu-operator";

/** It watches this kind, and nothing of ours is of it. */
const driverKind: ClosedKind = { group: "nvidia.com", version: "v1alpha1", kind: "NVIDIADriver", plural: "nvidiadrivers", namespaced: false, schema: { type: "object", properties: { spec: { type: "object", "x-kubernetes-preserve-unknown-fields": true } } } };

/** What a pod of its makes, and those do not run here: the validator's sample. */
const MADE_BY_PODS = new Set(["cuda-validator"]);

/** Makes of every node with a GPU one that pods can use it on; which nodes that are, it is told by the labels of feature discovery. */
export const gpuOperator: Operator = {
  name: NAME,
  parts: [
    {
      workload: NAME,
      program: "gpu-operator",
      flags: { "--metrics-bind-address": "127.0.0.1:18520", "--health-probe-bind-address": "127.0.0.1:18521" },
      here: ({ programs }) => ({ mounts: { "/opt/gpu-operator": filesOf(programs.get("gpu-operator")!), "/host-etc/os-release": "/etc/os-release" } }),
    },
  ],
  needs: [nodeFeatureDiscovery],
  kinds: [driverKind],
  // GetEventRecorderFor in its cmd/gpu-operator/main.go, and GetEventRecorder in 26.7.0's: of a driver that is changed on several nodes.
  excuses: [{ permission: { group: "", resource: "events" }, because: "the one of 2025 repeats events of the core group, 26.7.0 events of events.k8s.io" }],
  changes: ["it is given /etc/os-release, which 26.7.0 reads no more", "its pods are KWOK's: no driver is built, nothing is validated, and no sample computes"],
  examine: async (cluster) => [...(await Promise.all(committed(cluster, "ClusterPolicy").map((policy) => isReady(cluster, policy)))), ...(await Promise.all(operands(cluster).map((made) => standsOnGpuNodes(cluster, made))))],
};

const operands = ({ releases }: LabCluster): readonly Made[] => releases.filter(({ app }) => app.name === NAME).flatMap(({ makes }) => makes.filter(({ component }) => !MADE_BY_PODS.has(component)));

async function isReady(cluster: LabCluster, policy: KubernetesObject): Promise<Assertion> {
  const problems = await awaited(cluster, policy, (found) => (fieldOf(found, "status", "state") === "ready" ? undefined : `its status is ${JSON.stringify(fieldOf(found, "status"))}`), 180);
  return { says: `${describeObject(policy)} becomes ready`, problems };
}

const placed = z.looseObject({ spec: z.looseObject({ nodeName: z.string().default("no node") }) });

/** One pod on every node that the app has declared, and on no other, with the labels and requests that it has declared. */
async function standsOnGpuNodes({ running, releases }: LabCluster, made: Made): Promise<Assertion> {
  const { client, process } = running.api;
  const namespace = releases.find(({ app }) => app.name === NAME)?.namespace;
  const problems = await awaitedOutcome(process.died, `the pods ${made.component}`, async () => {
    const own = (await client.list("v1", "Pod", namespace)).filter(({ metadata }) => Object.entries(made.labels).every(([name, value]) => metadata.labels?.[name] === value));
    const nodes = own.map((pod) => placed.parse(pod).spec.nodeName).sort();
    const declared = [...(made.nodes ?? [])].sort();
    return nodes.join() === declared.join() ? differences(made, own, [])[0] : `they stand on ${nodes.join(", ") || "no node"}, and are declared for ${declared.join(", ")}`;
  });
  return { says: `the pods ${made.component} of ${NAME} stand on every node with a GPU, and are as declared (labels, requests)`, problems };
}
