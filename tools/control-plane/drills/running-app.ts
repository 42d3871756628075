import { image } from "../../../engine/model/image";
import { precious } from "../../../engine/model/needs";
import { place, type Placement } from "../../../engine/model/placement";
import { containerApp } from "../../../engine/workload/container-app";

/** An app as somebody installed it who did not know of us: other names, other labels, another container, a default strategy. */
export function runningApp(namespace: string): readonly object[] {
  const labels = { app: "webui" };
  const metadata = { name: "webui", namespace, labels };
  const container = {
    name: "open-webui",
    image: "registry.invalid/webui:0.9",
    env: [{ name: "OLD", value: "yes" }],
    ports: [{ name: "http", containerPort: 8080 }],
    volumeMounts: [{ name: "storage", mountPath: "/data" }],
  };
  return [
    { apiVersion: "v1", kind: "Namespace", metadata: { name: namespace, labels: { "pod-security.kubernetes.io/enforce": "privileged" } } },
    { apiVersion: "v1", kind: "PersistentVolumeClaim", metadata: { name: "webui-storage", namespace, labels }, spec: { accessModes: ["ReadWriteOnce"], storageClassName: "local-path", resources: { requests: { storage: "1Gi" } } } },
    { apiVersion: "v1", kind: "Service", metadata, spec: { selector: labels, ports: [{ name: "http", port: 8080, targetPort: 8080 }] } },
    {
      apiVersion: "apps/v1",
      kind: "Deployment",
      metadata,
      spec: { replicas: 1, selector: { matchLabels: labels }, template: { metadata: { labels }, spec: { containers: [container], volumes: [{ name: "storage", persistentVolumeClaim: { claimName: "webui-storage" } }] } } },
    },
  ];
}

const openWebui = containerApp({ name: "open-webui", image: image("registry.invalid/webui", "1.0"), port: 8080, reach: "cluster", stores: { "/data": precious("1Gi") } });

/** A release for each: Argo CD guards the namespace of the one before, which would keep a shared Application OutOfSync. */
export const releaseIn = (namespace: string): string => `webui-${namespace}`;

/** The same app as ours, taking over what runs; `writtenBy` as docs/adopting.md says. */
export const adopting = (namespace: string, writtenBy?: string): Placement => {
  const name = releaseIn(namespace);
  return place(openWebui, {
    as: name,
    adopt: {
      namespace,
      names: { [`Deployment/${name}`]: "webui", [`Service/${name}`]: "webui", [`PersistentVolumeClaim/${name}-data`]: "webui-storage" },
      selectors: { "open-webui": { app: "webui" } },
      ...(writtenBy === undefined ? {} : { writtenBy }),
    },
    enforcement: "observe",
  });
};
