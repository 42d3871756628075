import type { Chart } from "cdk8s";
import { Account } from "../../engine/workload/account";

/**
 * What the controller calls at 5.5.4 with its own kinds and its telemetry off (internal/k8s, cmd/nginx-ingress/main.go).
 * Upstream's role also makes, changes and deletes Services, lists nodes, and reads owners of pods: for what is off here.
 */
export const nginxAccount = (chart: Chart, names: { readonly ingressClass: string; readonly lease: string }): Account =>
  new Account(chart, "nginx-ingress", {
    documented: "its client calls at 5.5.4: internal/k8s and cmd/nginx-ingress/main.go of kubernetes-ingress",
    cluster: [
      { resources: ["services"], verbs: ["list", "watch"] },
      { groups: ["discovery.k8s.io"], resources: ["endpointslices"], verbs: ["list", "watch"] },
      // It finds a named port of a Service by the pods behind it.
      { resources: ["pods"], verbs: ["list", "watch"] },
      {
        resources: ["secrets"],
        verbs: ["list", "watch"],
        because: "certificates of Ingress objects are Secrets in any namespace; its cache leaves out Helm's alone",
      },
      { groups: ["networking.k8s.io"], resources: ["ingresses"], verbs: ["get", "list", "watch"] },
      { groups: ["networking.k8s.io"], resources: ["ingresses/status"], verbs: ["update"] },
      { groups: ["networking.k8s.io"], resources: ["ingressclasses"], names: [names.ingressClass], verbs: ["get"] },
      // What is wrong with an Ingress stands there as an event.
      { resources: ["events"], verbs: ["create", "patch"] },
    ],
    here: [
      // Itself: it writes NGINX's version on its own pod.
      { resources: ["pods"], verbs: ["get", "update"] },
      { resources: ["configmaps"], verbs: ["get", "list", "watch"] },
      { groups: ["coordination.k8s.io"], resources: ["leases"], verbs: ["create"] },
      { groups: ["coordination.k8s.io"], resources: ["leases"], names: [names.lease], verbs: ["get", "update"] },
    ],
  });
