import type { Release } from "../../../engine/model/release";
import type { RunningCluster } from "../../control-plane/cluster/start-cluster";
import type { Testbed } from "../../control-plane/cluster/testbed";
import type { KubernetesObject } from "../../control-plane/kubernetes/object";
import type { OperatorBinaries } from "../build/build-operators";
import type { Kubelet } from "../pods/kubelet";
import type { Volumes } from "../pods/volumes";

/** A cluster that stands, until the run ends. */
export interface Stage {
  readonly testbed: Testbed;
  readonly running: RunningCluster;
  /** Aborted when the run ends, for what goes on beside processes. */
  readonly ending: AbortSignal;
}

/** The cluster on which the operators are tried, and what is committed for it. */
export interface LabCluster extends Stage {
  /** Everything of dist/<cluster>. */
  readonly objects: readonly KubernetesObject[];
  /** The lab's own view of the same releases: what they say that operators will make. */
  readonly releases: readonly Release[];
  readonly programs: OperatorBinaries;
  readonly volumes: Volumes;
  /** Runs what some pods contain. */
  readonly kubelet: Kubelet;
}

/** The certificate of the run that is valid for every host outside of the cluster that the test stands for. */
export const OUTSIDE_CERTIFICATE = "outside";

/** The committed objects of a kind. */
export function committed({ objects }: Pick<LabCluster, "objects">, kind: string): readonly KubernetesObject[] {
  return objects.filter((object) => object.kind === kind);
}
