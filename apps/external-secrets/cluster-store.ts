import type { Chart } from "cdk8s";
import { ClusterSecretStore } from "../../imports/external-secrets";
import type { Store } from "./store";

/** The controller's own account, where a store needs it or a Secret beside it. */
interface Owner {
  readonly account: string;
  readonly namespace: string;
}

/**
 * A vault for the namespaces of the lab. Whoever may write an ExternalSecret in one of them may read the whole vault:
 * a namespace that somebody made by hand is not among them.
 */
export function clusterStore(chart: Chart, name: string, store: Store, owner: Owner): void {
  const { projectID: projectId, location } = store;
  new ClusterSecretStore(chart, `store-${name}`, {
    metadata: { name },
    spec: {
      conditions: [{ namespaceSelector: { matchLabels: { "app.kubernetes.io/managed-by": "hearth" } } }],
      provider: { gcpsm: { projectId, ...(location ? { location } : {}), auth: authOf(store, owner) } },
    },
  });
}

/** A cluster-scoped store names the namespace of what it refers to; without one, every caller's own would be looked in. */
function authOf({ auth }: Store, { account, namespace }: Owner) {
  if (auth.by === "service-account-key") return { secretRef: { secretAccessKeySecretRef: { name: auth.secretName, key: auth.key, namespace } } };
  return {
    workloadIdentityFederation: {
      audience: auth.audience,
      serviceAccountRef: { name: account, namespace },
      ...(auth.serviceAccount ? { gcpServiceAccountEmail: auth.serviceAccount } : {}),
    },
  };
}
