import { IntOrString, KubeConfigMap, KubeDeployment, KubeIngress, KubeNetworkPolicy, KubeService, KubeServiceAccount, Quantity } from "cdk8s-plus-30/lib/imports/k8s";
import type { Construct } from "constructs";
import { repository, type AppSpec } from "./apps";

/** How a program makes an object of a kind: stock cdk8s constructs it, ours constructs plain data. */
export type Make = <Props>(kind: Kind<Props>, id: string, props: Props) => void;

export interface Kind<Props> {
  new (scope: Construct, id: string, props?: Props): unknown;
  manifest(props?: Props): unknown;
}

/** The six objects of an app; what the other tools' templates say, too. */
export function writeApp(make: Make, { name, tag, replicas, host, logLevel, upstream }: AppSpec): void {
  const labels = { "app.kubernetes.io/name": name };
  const metadata = { name, namespace: name, labels };
  make(KubeServiceAccount, "account", { metadata, automountServiceAccountToken: false });
  make(KubeConfigMap, "config", { metadata, data: { LOG_LEVEL: logLevel, UPSTREAM: upstream } });
  make(KubeDeployment, "deployment", {
    metadata,
    spec: {
      replicas,
      selector: { matchLabels: labels },
      template: {
        metadata: { labels },
        spec: {
          serviceAccountName: name,
          securityContext: { runAsNonRoot: true, seccompProfile: { type: "RuntimeDefault" } },
          containers: [
            {
              name: "app",
              image: `${repository}:${tag}`,
              ports: [{ name: "http", containerPort: 8080 }],
              envFrom: [{ configMapRef: { name } }],
              readinessProbe: { httpGet: { path: "/healthz", port: IntOrString.fromString("http") }, periodSeconds: 10 },
              resources: { requests: { cpu: Quantity.fromString("50m"), memory: Quantity.fromString("64Mi") }, limits: { memory: Quantity.fromString("128Mi") } },
              securityContext: { allowPrivilegeEscalation: false, readOnlyRootFilesystem: true, capabilities: { drop: ["ALL"] } },
            },
          ],
        },
      },
    },
  });
  make(KubeService, "service", { metadata, spec: { selector: labels, ports: [{ name: "http", port: 80, targetPort: IntOrString.fromString("http") }] } });
  make(KubeIngress, "ingress", {
    metadata,
    spec: {
      ingressClassName: "web",
      rules: [{ host, http: { paths: [{ path: "/", pathType: "Prefix", backend: { service: { name, port: { name: "http" } } } }] } }],
    },
  });
  make(KubeNetworkPolicy, "policy", {
    metadata,
    spec: {
      podSelector: { matchLabels: labels },
      policyTypes: ["Ingress"],
      ingress: [{ from: [{ namespaceSelector: { matchLabels: { "kubernetes.io/metadata.name": "ingress" } } }], ports: [{ port: IntOrString.fromString("http"), protocol: "TCP" }] }],
    },
  });
}
