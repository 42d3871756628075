import type { Manifest } from "../../engine/model/manifest";
import { exemptionPrefix } from "../../engine/model/pod-security";
import type { ContainerSpec, PodSpec } from "../../engine/model/pod-template";

interface PodOptions {
  readonly kind?: string;
  readonly name?: string;
  readonly container?: Partial<ContainerSpec> & Readonly<Record<string, unknown>>;
  readonly pod?: Partial<PodSpec> & Readonly<Record<string, unknown>>;
  readonly spec?: Readonly<Record<string, unknown>>;
  readonly exempt?: Readonly<Record<string, string>>;
  readonly labels?: Readonly<Record<string, string>>;
}

export const labels = { "app.kubernetes.io/name": "app", "app.kubernetes.io/instance": "app", "app.kubernetes.io/component": "app" };

/** A Deployment that keeps every safe default; what is given replaces what is there. */
export function deployment(options: PodOptions = {}): Manifest {
  const podLabels = options.labels ?? labels;
  const template = {
    metadata: {
      labels: podLabels,
      annotations: Object.fromEntries(Object.entries(options.exempt ?? {}).map(([control, because]) => [`${exemptionPrefix}${control}`, because])),
    },
    spec: {
      automountServiceAccountToken: false,
      securityContext: { runAsNonRoot: true, runAsUser: 65532, seccompProfile: { type: "RuntimeDefault" } },
      containers: [{ ...container, ...options.container }],
      ...options.pod,
    },
  };
  return object(options.kind ?? "Deployment", options.name ?? "app", {
    apiVersion: "apps/v1",
    spec: { replicas: 1, selector: { matchLabels: podLabels }, template, ...options.spec },
  });
}

export const container: ContainerSpec = {
  name: "app",
  image: "docker.io/x/y:1",
  ports: [{ name: "web", containerPort: 8080 }],
  resources: { requests: { cpu: "10m", memory: "64Mi" }, limits: { memory: "64Mi" } },
  securityContext: { allowPrivilegeEscalation: false, readOnlyRootFilesystem: true, capabilities: { drop: ["ALL"] } },
  startupProbe: { httpGet: { path: "/", port: 8080 }, failureThreshold: 12 },
  readinessProbe: { httpGet: { path: "/", port: 8080 } },
  livenessProbe: { httpGet: { path: "/", port: 8080 }, periodSeconds: 30 },
};

/** Any object of the release's own namespace. */
export const object = (kind: string, name: string, rest: Readonly<Record<string, unknown>> = {}): Manifest => ({
  apiVersion: "v1",
  kind,
  metadata: { name, namespace: "app" },
  ...rest,
});
