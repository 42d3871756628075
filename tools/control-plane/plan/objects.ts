import type { Manifest } from "../../../engine/model/manifest";

/** Objects of which only what a case is about is said; they stand in one namespace, and the API server takes each of them. */
export const namespaceName = "case";

const labels = { app: "web" };

/** A pod that Pod Security's strictest level lets in. */
export const podSpec = {
  automountServiceAccountToken: false,
  containers: [
    {
      name: "web",
      image: "registry.example/web:1.0.0",
      securityContext: { allowPrivilegeEscalation: false, capabilities: { drop: ["ALL"] } },
      resources: { requests: { cpu: "10m", memory: "16Mi" } },
    },
  ],
  securityContext: { runAsNonRoot: true, runAsUser: 65532, seccompProfile: { type: "RuntimeDefault" } },
  terminationGracePeriodSeconds: 1,
};

const object = (apiVersion: string, kind: string, rest: Readonly<Record<string, unknown>>, name = "web"): Manifest => ({ apiVersion, kind, metadata: { name, namespace: namespaceName }, ...rest });
const clusterWide = (apiVersion: string, kind: string, name: string, rest: Readonly<Record<string, unknown>>): Manifest => ({ apiVersion, kind, metadata: { name }, ...rest });

export const namespace: Manifest = clusterWide("v1", "Namespace", namespaceName, {
  metadata: { name: namespaceName, labels: { "pod-security.kubernetes.io/enforce": "baseline" }, annotations: { "argocd.argoproj.io/sync-options": "Delete=false,Prune=false" } },
});

const workload = (kind: string, spec: Readonly<Record<string, unknown>>): Manifest => object("apps/v1", kind, { spec: { selector: { matchLabels: labels }, template: { metadata: { labels }, spec: podSpec }, ...spec } });

export const deployment: Manifest = workload("Deployment", { replicas: 2 });
export const statefulSet: Manifest = workload("StatefulSet", {
  replicas: 2,
  serviceName: "web",
  volumeClaimTemplates: [{ apiVersion: "v1", kind: "PersistentVolumeClaim", metadata: { name: "data" }, spec: { accessModes: ["ReadWriteOnce"], storageClassName: "fixed", resources: { requests: { storage: "1Gi" } } } }],
});
export const daemonSet: Manifest = workload("DaemonSet", {});
export const job: Manifest = object("batch/v1", "Job", { spec: { template: { metadata: { labels }, spec: { ...podSpec, restartPolicy: "Never" } } } }, "load");
export const cronJob: Manifest = object("batch/v1", "CronJob", { spec: { schedule: "0 4 * * *", jobTemplate: { spec: { template: { metadata: { labels }, spec: { ...podSpec, restartPolicy: "Never" } } } } } }, "nightly");
export const claim: Manifest = object("v1", "PersistentVolumeClaim", { spec: { accessModes: ["ReadWriteOnce"], storageClassName: "fixed", resources: { requests: { storage: "2Gi" } } } }, "data");
export const configMap: Manifest = object("v1", "ConfigMap", { data: { "web.conf": "one" } }, "config");
export const secret: Manifest = object("v1", "Secret", { type: "Opaque" }, "token");
export const serviceAccount: Manifest = object("v1", "ServiceAccount", {});
export const service: Manifest = object("v1", "Service", { spec: { selector: labels, ports: [{ name: "http", port: 80, targetPort: 8080 }] } });
export const ingress: Manifest = object("networking.k8s.io/v1", "Ingress", {
  spec: { ingressClassName: "traefik", rules: [{ host: "web.lab.example", http: { paths: [{ path: "/", pathType: "Prefix", backend: { service: { name: "web", port: { number: 80 } } } }] } }], tls: [{ hosts: ["web.lab.example"], secretName: "web-tls" }] },
});
export const networkPolicy: Manifest = object("networking.k8s.io/v1", "NetworkPolicy", {
  spec: { podSelector: { matchLabels: labels }, policyTypes: ["Ingress"], ingress: [{ from: [{ podSelector: { matchLabels: { app: "ingress" } } }], ports: [{ port: 8080, protocol: "TCP" }] }] },
});
export const defaultDeny: Manifest = object("networking.k8s.io/v1", "NetworkPolicy", { spec: { podSelector: {}, policyTypes: ["Ingress", "Egress"] } }, "default-deny");
export const budget: Manifest = object("policy/v1", "PodDisruptionBudget", { spec: { selector: { matchLabels: labels }, maxUnavailable: 1 } });
export const role: Manifest = object("rbac.authorization.k8s.io/v1", "Role", { rules: [{ apiGroups: [""], resources: ["configmaps"], verbs: ["get", "list"] }] });
export const roleBinding: Manifest = object("rbac.authorization.k8s.io/v1", "RoleBinding", {
  roleRef: { apiGroup: "rbac.authorization.k8s.io", kind: "Role", name: "web" },
  subjects: [{ kind: "ServiceAccount", name: "web", namespace: namespaceName }],
});
/** A class whose volumes never grow, and one whose do. */
export const fixedClass: Manifest = clusterWide("storage.k8s.io/v1", "StorageClass", "fixed", { provisioner: "disk.example", parameters: { tier: "slow" }, reclaimPolicy: "Retain", volumeBindingMode: "Immediate" });
export const growingClass: Manifest = clusterWide("storage.k8s.io/v1", "StorageClass", "growing", { ...fixedClass, metadata: { name: "growing" }, allowVolumeExpansion: true });
export const priorityClass: Manifest = clusterWide("scheduling.k8s.io/v1", "PriorityClass", "case-service", { value: 1000, globalDefault: false });
export const definition: Manifest = clusterWide("apiextensions.k8s.io/v1", "CustomResourceDefinition", "widgets.case.example", {
  spec: {
    group: "case.example",
    names: { kind: "Widget", plural: "widgets", singular: "widget", listKind: "WidgetList" },
    scope: "Namespaced",
    versions: ["v1beta1", "v1"].map((name) => ({ name, served: true, storage: name === "v1", schema: { openAPIV3Schema: { type: "object", properties: { spec: { type: "object", properties: { size: { type: "integer" }, disk: { type: "string", "x-kubernetes-validations": [{ rule: "self == oldSelf" }] } } } } } } })),
  },
});
export const widget: Manifest = object("case.example/v1", "Widget", { spec: { size: 1, disk: "one" } });

/** The same object with one value changed, or taken out where it is undefined: `changed(deployment, "spec.template.spec.containers.0.image", "…")`. */
export function changed(manifest: Manifest, path: string, value: unknown): Manifest {
  const steps = path.split(/(?<!\\)\./).map((step) => step.replaceAll("\\.", "."));
  return set(manifest, steps, value) as Manifest;
}

function set(here: unknown, [step, ...rest]: readonly string[], value: unknown): unknown {
  if (step === undefined) return value;
  if (Array.isArray(here)) return here.map((item, index) => (String(index) === step ? set(item, rest, value) : (item as unknown)));
  const { [step]: old, ...others } = (here ?? {}) as Record<string, unknown>;
  const next = set(old, rest, value);
  return next === undefined ? others : { ...others, [step]: next };
}

/** The object with what Argo CD is told of it. */
export const told = (manifest: Manifest, ...options: readonly string[]): Manifest => changed(manifest, "metadata.annotations.argocd\\.argoproj\\.io/sync-options", options.length ? options.join(",") : undefined);

/** The object under another name. */
export const called = (manifest: Manifest, name: string): Manifest => changed(manifest, "metadata.name", name);
