import { certManager } from "../scenarios/cert-manager";
import { externalSecrets } from "../scenarios/external-secrets";
import { externalSnapshotter } from "../scenarios/external-snapshotter";
import { gpuOperator } from "../scenarios/gpu-operator";
import { jupyterhub } from "../scenarios/jupyterhub";
import { kubeStateMetrics } from "../scenarios/kube-state-metrics";
import { metallb, metallbSpeaker } from "../scenarios/metallb";
import { metricsServer } from "../scenarios/metrics-server";
import { nodeFeatureDiscovery } from "../scenarios/node-feature-discovery";
import { prometheus } from "../scenarios/prometheus";
import { prometheusOperator } from "../scenarios/prometheus-operator";
import { traefik } from "../scenarios/traefik";
import { velero } from "../scenarios/velero";
import { veleroFileCopies } from "../scenarios/velero-file-copies";
import type { Operator } from "./operator";

/** Every operator, and every other client of the Kubernetes API, that is run for real; each after those that make what it is made of. */
export const OPERATORS: readonly Operator[] = [certManager, metallb, metallbSpeaker, externalSecrets, prometheusOperator, traefik, kubeStateMetrics, externalSnapshotter, nodeFeatureDiscovery, gpuOperator, prometheus, velero, veleroFileCopies, jupyterhub, metricsServer];
