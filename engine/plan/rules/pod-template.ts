import { fieldOf, type Manifest } from "../../model/manifest";
import type { ObjectChange, Rule, Verdict } from "../change";
import { isUnder, pathText, type FieldChange } from "../field-change";

/** What a workload does with its pods when their template changes. https://kubernetes.io/docs/concepts/workloads/controllers/ */
export const podTemplate: Rule = {
  name: "pod-template",
  judge: (change) => {
    const { kind, after, fate, fields } = change;
    if (fate !== "apply" || after === undefined) return [];
    const changed = fields.filter((field) => isUnder(field.path, "spec", "template"));
    const first = changed[0];
    if (first === undefined || !(kind in rollouts)) return [];
    const elsewhere = kind === "DaemonSet" ? changed.find(({ path }) => placing.includes(path[3] ?? "")) : undefined;
    if (elsewhere) return [{ effect: "outage", field: pathText(elsewhere.path), says: "its pods leave every node that it no longer fits, however it is updated" }];
    return [{ ...rollouts[kind as keyof typeof rollouts](after), field: pathText((changed.find((field) => !isChecksum(field)) ?? first).path), says: sentence(change, changed) }];
  },
};

/** Fields by which a DaemonSet's controller decides which nodes get a pod. */
const placing: readonly string[] = ["nodeSelector", "nodeName", "affinity", "tolerations"];

const isChecksum = ({ path }: FieldChange): boolean => path.some((step) => step.startsWith("checksum/"));

type Rollout = Pick<Verdict, "effect" | "says">;

function sentence({ kind, after }: ObjectChange, changed: readonly FieldChange[]): string {
  const { says } = rollouts[kind as keyof typeof rollouts](after!);
  const files = changed.filter(isChecksum).map(({ path }) => path.at(-1)?.replace("checksum/", ""));
  return changed.length > 0 && files.length === changed.length ? `${says}; only its configuration changed (${files.join(", ")})` : says;
}

const rollouts = {
  Deployment: (deployment: Manifest): Rollout => {
    const replicas = replicasOf(deployment);
    if (replicas === 0) return { effect: "live change", says: "it has no pods; the next ones will be as it says now" };
    if (fieldOf(deployment, "spec", "paused") === true) return { effect: "live change", says: "its rollout is paused; pods stay as they are until it goes on" };
    if (fieldOf(deployment, "spec", "strategy", "type") === "Recreate") return { effect: "restart", says: `${pods(replicas)} before ${replicas === 1 ? "the new one starts" : "new ones start"}, and nobody answers meanwhile` };
    const unavailable = fieldOf(deployment, "spec", "strategy", "rollingUpdate", "maxUnavailable");
    return { effect: "restart", says: replicas === 1 ? oneByOne(unavailable) : `its ${replicas} pods are replaced step by step` };
  },
  StatefulSet: (set: Manifest): Rollout => {
    const replicas = replicasOf(set);
    if (replicas === 0) return { effect: "live change", says: "it has no pods; the next ones will be as it says now" };
    if (fieldOf(set, "spec", "updateStrategy", "type") === "OnDelete") return { effect: "live change", says: "pods take it when somebody deletes them" };
    const partition = Number(fieldOf(set, "spec", "updateStrategy", "rollingUpdate", "partition") ?? 0);
    if (partition >= replicas) return { effect: "live change", says: `its partition ${partition} keeps every pod as it is` };
    return { effect: "restart", says: replicas === 1 ? "its pod stops before the new one starts, and nobody answers meanwhile" : `its ${replicas} pods are replaced one after another, the last first` };
  },
  DaemonSet: (set: Manifest): Rollout =>
    fieldOf(set, "spec", "updateStrategy", "type") === "OnDelete"
      ? { effect: "live change", says: "pods take it when somebody deletes them" }
      : { effect: "restart", says: "its pods are replaced node after node" },
} as const;

const replicasOf = (manifest: Manifest): number => Number(fieldOf(manifest, "spec", "replicas") ?? 1);
const pods = (count: number): string => (count === 1 ? "its pod stops" : `all ${count} pods stop`);
const oneByOne = (unavailable: unknown): string =>
  unavailable === 1 || unavailable === "100%" ? "its pod may stop before the new one is ready, and nobody answers meanwhile" : "a new pod starts, and the old one stops when it is ready";
