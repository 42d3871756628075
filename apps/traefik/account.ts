import type { Chart } from "cdk8s";
import { Account, type Permission } from "../../engine/workload/account";

/**
 * What the Ingress provider watches at 3.7 (pkg/provider/kubernetes/ingress/client.go). Upstream's role also reads
 * ConfigMaps, pods and Traefik's own kinds, for providers and telemetry that are off here.
 */
const ingress: readonly Permission[] = [
  { resources: ["services"], verbs: ["list", "watch"], because: "whom a route leads to" },
  { groups: ["discovery.k8s.io"], resources: ["endpointslices"], verbs: ["list", "watch"], because: "at which pods a Service is reached" },
  {
    resources: ["secrets"],
    verbs: ["list", "watch"],
    because: "certificates of Ingress objects are Secrets in any namespace; its cache can be limited neither to their type nor to their names",
  },
  { groups: ["networking.k8s.io"], resources: ["ingresses", "ingressclasses"], verbs: ["list", "watch"], because: "its routes, and which are its own" },
  { groups: ["networking.k8s.io"], resources: ["ingresses/status"], verbs: ["update"], because: "where a route is reached stands in its status" },
  { resources: ["nodes"], verbs: ["list", "watch"], because: "it watches these together with classes, for NodePort load balancing, and cannot have one without the other" },
];

const routes = ["gatewayclasses", "gateways", "httproutes", "grpcroutes", "tlsroutes", "backendtlspolicies"];

/** What the Gateway provider watches besides, on the standard channel (pkg/provider/kubernetes/gateway/client.go). */
const gateway: readonly Permission[] = [
  { resources: ["namespaces", "configmaps"], verbs: ["list", "watch"], because: "a route may be let in by labels of its namespace, and a CA is a ConfigMap" },
  { groups: ["gateway.networking.k8s.io"], resources: [...routes, "referencegrants"], verbs: ["list", "watch"], because: "its routes" },
  { groups: ["gateway.networking.k8s.io"], resources: routes.map((kind) => `${kind}/status`), verbs: ["update"], because: "whether a route was taken stands in its status" },
];

export const traefikAccount = (chart: Chart, gatewayApi: boolean): Account =>
  new Account(chart, "traefik", { documented: "its client calls at 3.7: pkg/provider/kubernetes of traefik", cluster: gatewayApi ? [...ingress, ...gateway] : ingress });
