import type { Chart } from "cdk8s";
import type { Image } from "../../engine/model/image";
import { Account, type Permission } from "../../engine/workload/account";
import { electsLeader, tellsEvents } from "../../engine/workload/permissions";
import { http } from "../../engine/workload/probe";
import { Workload } from "../../engine/workload/workload";

/** Defaults of all three programs: internal/apis/config/<program>/v1alpha1/defaults.go. */
export const metricsPort = 9402;
const healthPort = 9403;

/** Leaders are elected in the release's own namespace; upstream's chart uses kube-system. */
export const electedHere = (lease: string): readonly Permission[] => electsLeader(lease, ["get", "update", "patch"]);

interface Controller {
  readonly image: Image;
  readonly namespace: string;
  readonly logLevel: number;
  /** DNS over HTTPS, for proofs to Let's Encrypt. */
  readonly resolvers: readonly string[];
}

/** Turns Certificates and annotated Ingresses into Secrets, and renews them in time. */
export function controller(chart: Chart, { image, namespace, logLevel, resolvers }: Controller): void {
  new Workload(chart, "cert-manager", {
    image,
    args: [
      `--v=${logLevel}`,
      // Where ClusterIssuers find the Secrets that they name.
      `--cluster-resource-namespace=${namespace}`,
      `--leader-election-namespace=${namespace}`,
      ...(resolvers.length ? ["--dns01-recursive-nameservers-only=true", `--dns01-recursive-nameservers=${resolvers.join(",")}`] : []),
    ],
    ports: { metrics: metricsPort, health: healthPort },
    resources: { cpu: "25m", memory: "96Mi", memoryLimit: "256Mi" },
    account: new Account(chart, "cert-manager", { documented: "the audit log of a real run (npm run e2e:operators); narrower than deploy/charts/cert-manager of cert-manager", cluster: permissions, here: electedHere("cert-manager-controller") }),
    probes: { ready: http("/livez", healthPort) },
  });
}

const own = "cert-manager.io";
const acme = "acme.cert-manager.io";

/**
 * Upstream's at 1.21 without what nothing here uses: solving HTTP-01 with pods, Services and Ingresses, Gateway API,
 * CertificateSigningRequests, and finalizers that only OpenShift's admission asks for.
 */
const permissions: readonly Permission[] = [
  { groups: [own], resources: ["certificates", "certificaterequests", "issuers", "clusterissuers"], verbs: ["get", "list", "watch"], because: "it acts on these" },
  { groups: [own], resources: ["certificates", "certificaterequests"], verbs: ["create", "update", "delete"], because: "it makes a Certificate of an annotated Ingress, and a request of each; what is over is deleted" },
  { groups: [own], resources: ["certificates/status", "certificaterequests/status", "issuers/status", "clusterissuers/status"], verbs: ["update"], because: "how far each is stands in its status" },
  {
    groups: [own],
    resources: ["signers"],
    names: ["issuers.cert-manager.io/*", "clusterissuers.cert-manager.io/*"],
    verbs: ["approve"],
    because: "nobody else approves requests: whoever may create a Certificate gets it",
  },
  { groups: [acme], resources: ["orders", "challenges"], verbs: ["get", "list", "watch", "create", "delete"], because: "it asks an ACME server through these" },
  { groups: [acme], resources: ["challenges"], verbs: ["patch"], because: "its finalizer holds a challenge until its DNS record is gone" },
  { groups: [acme], resources: ["orders/status", "challenges/status"], verbs: ["update"], because: "how far each is stands in its status" },
  {
    resources: ["secrets"],
    verbs: ["get", "list", "watch", "create", "patch", "delete"],
    because: "keys and certificates are Secrets in the namespaces of whoever asks for them",
  },
  { groups: ["networking.k8s.io"], resources: ["ingresses"], verbs: ["get", "list", "watch"], because: "their annotations ask for certificates" },
  { resources: ["pods", "services"], verbs: ["list", "watch"], because: "it waits for these caches before it solves any challenge, HTTP-01 or not" },
  tellsEvents,
  { urls: ["/livez/ping"], verbs: ["head"], because: "asked once at start, to learn whether the API server limits its callers itself: pkg/controller/context.go" },
];
