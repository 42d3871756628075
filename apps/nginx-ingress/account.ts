import type { Chart } from "cdk8s";
import { Account } from "../../engine/workload/account";
import { electsLeader, tellsEvents } from "../../engine/workload/permissions";

/**
 * What the controller calls at 5.5.4 with its own kinds and its telemetry off (internal/k8s, cmd/nginx-ingress/main.go).
 * Upstream's role also makes, changes and deletes Services, lists nodes, and reads owners of pods: for what is off here.
 */
export const nginxAccount = (chart: Chart, names: { readonly ingressClass: string; readonly lease: string }): Account =>
  new Account(chart, "nginx-ingress", {
    documented: "its client calls at 5.5.4: internal/k8s and cmd/nginx-ingress/main.go of kubernetes-ingress",
    cluster: [
      { resources: ["services"], verbs: ["list", "watch"], because: "whom a route leads to" },
      { groups: ["discovery.k8s.io"], resources: ["endpointslices"], verbs: ["list", "watch"], because: "at which pods a Service is reached" },
      { resources: ["pods"], verbs: ["list", "watch"], because: "it finds a named port of a Service by the pods behind it" },
      {
        resources: ["secrets"],
        verbs: ["list", "watch"],
        because: "certificates of Ingress objects are Secrets in any namespace; its cache leaves out Helm's alone",
      },
      { groups: ["networking.k8s.io"], resources: ["ingresses"], verbs: ["get", "list", "watch"], because: "its routes" },
      { groups: ["networking.k8s.io"], resources: ["ingresses/status"], verbs: ["update"], because: "where a route is reached stands in its status" },
      { groups: ["networking.k8s.io"], resources: ["ingressclasses"], names: [names.ingressClass], verbs: ["get"], because: "which routes are its own" },
      tellsEvents,
    ],
    here: [
      { resources: ["pods"], verbs: ["get", "update"], because: "itself: it writes NGINX's version on its own pod" },
      { resources: ["configmaps"], verbs: ["get", "list", "watch"], because: "its configuration, which takes effect when it changes" },
      ...electsLeader(names.lease),
    ],
  });
