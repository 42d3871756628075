import type { Assertion } from "../../control-plane/assertions/assertion";
import { describeObject, fieldOf, type KubernetesObject } from "../../control-plane/kubernetes/object";
import { committed, type LabCluster } from "../run/lab-cluster";
import type { Operator } from "../run/operator";
import { awaited, unlessTrue } from "./condition";
import { refusedBy } from "./refused";

/** Issues every certificate that is committed or that an Ingress asks for. */
export const certManager: Operator = {
  name: "cert-manager",
  parts: [
    { workload: "cert-manager", program: "cert-manager", entry: ["controller"] },
    { workload: "cert-manager-webhook", program: "cert-manager", entry: ["webhook"], flags: { "--metrics-listen-address": "127.0.0.1:18201" }, webhook: { service: "cert-manager-webhook", port: 10250 } },
    { workload: "cert-manager-cainjector", program: "cert-manager", entry: ["cainjector"], flags: { "--metrics-listen-address": "127.0.0.1:18202" } },
  ],
  examine: async (cluster) => [
    ...(await Promise.all([...committed(cluster, "Issuer"), ...committed(cluster, "ClusterIssuer"), ...certificates(cluster)].map((object) => isReady(cluster, object)))),
    ...(await Promise.all(["ValidatingWebhookConfiguration", "MutatingWebhookConfiguration"].map((kind) => hasAuthority(cluster, kind)))),
    await refusedBy(cluster, "webhook.cert-manager.io", twoKinds(cluster), "an Issuer that is of two kinds"),
  ],
};

async function isReady(cluster: LabCluster, object: KubernetesObject): Promise<Assertion> {
  return { says: `${describeObject(object)} is Ready`, problems: await awaited(cluster, object, unlessTrue("Ready")) };
}

/** The committed Certificates, and those that cert-manager makes for the hosts of an Ingress. */
function certificates(cluster: LabCluster): readonly KubernetesObject[] {
  const forIngresses = committed(cluster, "Ingress")
    .filter(({ metadata }) => metadata.annotations?.["cert-manager.io/cluster-issuer"] !== undefined)
    .flatMap(({ metadata, ...rest }) => {
      const tls = fieldOf(rest, "spec", "tls");
      const names = Array.isArray(tls) ? tls.map((entry) => String(fieldOf(entry, "secretName"))) : [];
      return names.map((name) => ({ apiVersion: "cert-manager.io/v1", kind: "Certificate", metadata: { name, namespace: metadata.namespace } }));
    });
  return [...committed(cluster, "Certificate"), ...forIngresses];
}

async function hasAuthority(cluster: LabCluster, kind: string): Promise<Assertion> {
  const reference = { apiVersion: "admissionregistration.k8s.io/v1", kind, metadata: { name: "cert-manager-webhook" } };
  const problems = await awaited(cluster, reference, (object) => {
    const webhooks = fieldOf(object, "webhooks");
    const trusts = Array.isArray(webhooks) && webhooks.every((webhook) => typeof fieldOf(webhook, "clientConfig", "caBundle") === "string");
    return trusts ? undefined : "the cainjector has not written the CA";
  });
  return { says: `the cainjector writes the webhook's CA into the ${kind}`, problems };
}

/** Which the schema allows: https://cert-manager.io/docs/reference/api-docs/#cert-manager.io/v1.IssuerConfig */
function twoKinds(cluster: LabCluster): KubernetesObject {
  const namespace = committed(cluster, "Deployment").find(({ metadata }) => metadata.name === "cert-manager-webhook")?.metadata.namespace;
  return { apiVersion: "cert-manager.io/v1", kind: "Issuer", metadata: { name: "two-kinds", namespace }, spec: { selfSigned: {}, ca: { secretName: "x" } } };
}
