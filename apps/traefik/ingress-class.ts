import type { Chart } from "cdk8s";
import { KubeIngressClass } from "cdk8s-plus-30/lib/imports/k8s";

/** The name by which Ingress objects ask for this Traefik. */
export function ingressClass(chart: Chart, name: string, isDefault: boolean): void {
  new KubeIngressClass(chart, "ingress-class", {
    metadata: { name, annotations: { "ingressclass.kubernetes.io/is-default-class": String(isDefault) } },
    spec: { controller: "traefik.io/ingress-controller" },
  });
}
