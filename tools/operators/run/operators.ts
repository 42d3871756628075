import { certManager } from "../scenarios/cert-manager";
import { metallb } from "../scenarios/metallb";
import { prometheusOperator } from "../scenarios/prometheus-operator";
import type { Operator } from "./operator";

/** Every operator that is run for real, in the order in which they are started: who answers the API server comes first. */
export const OPERATORS: readonly Operator[] = [certManager, metallb, prometheusOperator];
