import { certManager } from "../scenarios/cert-manager";
import { kubeStateMetrics } from "../scenarios/kube-state-metrics";
import { metallb } from "../scenarios/metallb";
import { prometheusOperator } from "../scenarios/prometheus-operator";
import { traefik } from "../scenarios/traefik";
import type { Operator } from "./operator";

/** Every operator that is run for real, in the order in which they are started: who answers the API server comes first. */
export const OPERATORS: readonly Operator[] = [certManager, metallb, prometheusOperator, traefik, kubeStateMetrics];
