import { alertmanager } from "../../apps/alertmanager/alertmanager";
import { kubeStateMetrics } from "../../apps/kube-state-metrics/kube-state-metrics";
import { metricsServer } from "../../apps/metrics-server/metrics-server";
import { nodeExporter } from "../../apps/node-exporter/node-exporter";
import { prometheusMonitoring } from "../../apps/prometheus-operator/provides";
import { prometheusOperator } from "../../apps/prometheus-operator/prometheus-operator";
import { prometheus } from "../../apps/prometheus/prometheus";
import { kind } from "../../engine/model/distribution";
import { fieldOf, objectName, type Manifest } from "../../engine/model/manifest";
import { place, type Placement } from "../../engine/model/placement";
import type { World } from "../../engine/model/resolve";
import { builtOf, clusterOf, worldOf } from "../lab-of";

/** Everything that watches a cluster. A placement that is given takes the place of the one of the same name. */
export function monitoring(...given: readonly Placement[]): readonly Placement[] {
  const usual = [place(prometheusOperator), place(prometheus), place(alertmanager), place(nodeExporter), place(kubeStateMetrics)];
  const names = new Set(given.map(({ name }) => name));
  return [...usual.filter(({ name }) => !names.has(name)), ...given];
}

/** The test lab on k3s with these placements, watched by what monitoring makes of it. */
export const watched = (...runs: readonly Placement[]): World => worldOf({ clusters: [clusterOf({ runs, provides: { metrics: prometheusMonitoring() } })] });

/** The same on Kind, which has no metrics-server of its own. */
export const watchedOnKind = (...runs: readonly Placement[]): World =>
  worldOf({ clusters: [clusterOf({ distribution: kind(), runs: [...runs, place(metricsServer)], provides: { metrics: prometheusMonitoring() } })] });

/** The object of a release (`prometheus`, `Prometheus/prometheus`); throws where there is none. */
export function objectOf(world: World, release: string, name: string): Manifest {
  const manifests = builtOf(world).find((it) => it.release.name === release)?.manifests ?? [];
  const found = manifests.find((manifest) => objectName(manifest) === name);
  if (!found) throw new Error(`${release} has no ${name}, but ${manifests.map(objectName).join(", ")}`);
  return found;
}

/** A field of such an object, by its path. */
export const fieldIn = (world: World, release: string, name: string, ...path: readonly (string | number)[]): unknown => fieldOf(objectOf(world, release, name), ...path);
