import type { Chart } from "cdk8s";
import type { Cluster } from "../../engine/model/cluster";
import { ConfigFiles } from "../../engine/workload/config-files";
import { sharesOn } from "./gpu-nodes";

/** Into how many time slices each device is shared; undefined where a pod has a device, or a part of one, to itself. */
export function slicing(cluster: Cluster, mig: string | undefined): number | undefined {
  const shares = sharesOn(cluster);
  return mig === undefined && shares > 1 ? shares : undefined;
}

/** How ClusterPolicy names a configuration of the device plugin. */
export interface PluginConfig {
  readonly name: string;
  readonly default: string;
}

/**
 * Time slices: the device plugin advertises each device several times. Nothing parts their memory from each other.
 * https://docs.nvidia.com/datacenter/cloud-native/gpu-operator/latest/gpu-sharing.html
 */
export function timeSlices(chart: Chart, slices: number): PluginConfig {
  // The plugin reads it when it starts: another number is another name, and so another start.
  const key = `slices-${slices}`;
  const config = { version: "v1", sharing: { timeSlicing: { resources: [{ name: "nvidia.com/gpu", replicas: slices }] } } };
  return { name: new ConfigFiles(chart, "device-plugin", { [key]: JSON.stringify(config) }).name, default: key };
}
