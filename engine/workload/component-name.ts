import { Chart } from "cdk8s";
import type { Construct } from "constructs";

/** The name of a component's objects: the main component carries the release's own. */
export function componentName(scope: Construct, component: string): string {
  const { "app.kubernetes.io/name": app, "app.kubernetes.io/instance": release } = Chart.of(scope).labels;
  return component === app ? (release ?? component) : `${release}-${component}`;
}

/** The labels that select a component's pods. */
export function componentLabels(scope: Construct, component: string): Record<string, string> {
  const labels = Chart.of(scope).labels;
  return {
    "app.kubernetes.io/name": labels["app.kubernetes.io/name"] ?? "",
    "app.kubernetes.io/instance": labels["app.kubernetes.io/instance"] ?? "",
    "app.kubernetes.io/component": component,
  };
}
