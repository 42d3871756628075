import { cilium } from "../engine/model/distribution";
import type { Lab } from "../engine/model/lab";
import { clusterOf } from "./lab-of";

/** The same lab with Cilium on every cluster. */
export const onCilium = (lab: Lab): Lab => ({ ...lab, clusters: lab.clusters.map((cluster) => ({ ...cluster, distribution: { ...cluster.distribution, cni: cilium } })) });

/** The test lab's cluster with Cilium. */
export const ciliumCluster = (cluster: Parameters<typeof clusterOf>[0] = {}): ReturnType<typeof clusterOf> => {
  const plain = clusterOf(cluster);
  return { ...plain, distribution: { ...plain.distribution, cni: cilium } };
};
