import { KubeApiService, KubeClusterRole } from "cdk8s-plus-30/lib/imports/k8s";
import { z } from "zod";
import { defineApp } from "../../engine/model/app";
import { image, imageSetting } from "../../engine/model/image";
import { kubernetesApi, nodes } from "../../engine/model/needs";
import { bytes, cpu, duration } from "../../engine/model/quantity";
import { becauseAnnotation, becauseLine, documentedAnnotation } from "../../engine/model/because";
import { Account } from "../../engine/workload/account";
import { http } from "../../engine/workload/probe";
import { scratch } from "../../engine/workload/volume";
import { Workload } from "../../engine/workload/workload";
import { rules, series } from "./rules";

/** Answers `kubectl top` and autoscalers: what pods and nodes use right now. k3s brings its own; Kind does not. */
export const metricsServer = defineApp({
  name: "metrics-server",
  priority: "platform",

  settings: z.object({
    image: imageSetting.default(image("registry.k8s.io/metrics-server/metrics-server", "v0.9.0")),
    resolution: duration.default("15s"),
    cpu: cpu.default("50m"),
    memory: bytes.default("64Mi"),
    memoryLimit: bytes.default("256Mi"),
  }),

  needs: () => ({
    exposes: { api: { port: 10250, servicePort: 443, scheme: "https", reach: "cluster", webhook: true } },
    talksTo: { kubernetes: kubernetesApi(), kubelets: nodes(10250) },
    watches: { metrics: { own: { port: 10250, scheme: "https", bearer: true, insecureSkipVerify: true, series } }, rules },
  }),

  build(chart, { name, namespace, settings, site, grants }) {
    const account = new Account(chart, "metrics-server", {
      documented: "the audit log of a real run (npm run e2e:operators); narrower than manifests/base/rbac.yaml of metrics-server",
      cluster: [
        { resources: ["nodes/metrics"], verbs: ["get"], because: "what each node and pod uses is asked of its kubelet" },
        { resources: ["nodes", "pods"], verbs: ["list", "watch"], because: "which kubelets there are, and whose the pods are that they tell of" },
      ],
      // It lets the API server ask, and asks it in turn who a caller is and what that one may do.
      bind: ["system:auth-delegator"],
      there: { "kube-system": [{ resources: ["configmaps"], names: ["extension-apiserver-authentication"], verbs: ["get", "list", "watch"], because: "whose word it takes for who is asking: the API server's CA" }] },
    });
    new Workload(chart, "metrics-server", {
      image: settings.image,
      account,
      args: [
        "--cert-dir=/tmp",
        `--secure-port=${grants.exposes.api.port}`,
        "--kubelet-preferred-address-types=InternalIP,ExternalIP,Hostname",
        "--kubelet-use-node-status-port",
        `--metric-resolution=${settings.resolution}`,
        ...(site.cluster.distribution.kubeletTls === "self-signed" ? ["--kubelet-insecure-tls"] : []),
      ],
      ports: { api: grants.exposes.api.port },
      mounts: { "/tmp": scratch("tmp", "16Mi") },
      resources: { cpu: settings.cpu, memory: settings.memory, memoryLimit: settings.memoryLimit },
      probes: {
        ready: http("/readyz", grants.exposes.api.port, { scheme: "HTTPS" }),
        live: http("/livez", grants.exposes.api.port, { scheme: "HTTPS" }),
      },
    });
    new KubeApiService(chart, "api-service", {
      metadata: { name: "v1beta1.metrics.k8s.io" },
      spec: {
        group: "metrics.k8s.io",
        version: "v1beta1",
        service: { name: grants.exposes.api.service, namespace, port: 443 },
        // It makes its own certificate at each start: upstream's manifest says so too.
        insecureSkipTlsVerify: true,
        groupPriorityMinimum: 100,
        versionPriority: 100,
      },
    });
    // Whoever may view, edit or administer a namespace may also see what its pods use.
    new KubeClusterRole(chart, "reader", {
      metadata: {
        name: `${name}-reader`,
        labels: Object.fromEntries(["view", "edit", "admin"].map((role) => [`rbac.authorization.k8s.io/aggregate-to-${role}`, "true"])),
        annotations: {
          [becauseAnnotation]: becauseLine({ verbs: reader.verbs, over: reader.resources, names: [] }, "whoever may view a namespace may see what its pods use"),
          [documentedAnnotation]: "manifests/base/rbac.yaml of metrics-server",
        },
      },
      rules: [reader],
    });
  },
});

const reader = { apiGroups: ["metrics.k8s.io"], resources: ["nodes", "pods"], verbs: ["get", "list", "watch"] };
