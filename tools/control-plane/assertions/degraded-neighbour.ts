import { applications } from "../argocd/wait-for-applications";
import type { ArgoCd } from "../argocd/components";
import type { RunningCluster } from "../cluster/start-cluster";
import { fieldOf, type KubernetesObject } from "../kubernetes/object";
import { until } from "../processes/until";
import { EXTERNAL_SECRET, MISSING } from "../stand-ins/external-secrets";
import type { Vault } from "../stand-ins/vault";

/** An Application that can be made Degraded: through a key that the vault loses. */
export interface Degradable {
  readonly application: string;
  readonly externalSecret: KubernetesObject;
  readonly key: string;
}

/** The first of some objects by which an Application can be made Degraded. */
export function degradable(application: string, objects: readonly KubernetesObject[]): Degradable | undefined {
  for (const externalSecret of objects.filter(({ apiVersion, kind }) => apiVersion === EXTERNAL_SECRET.apiVersion && kind === EXTERNAL_SECRET.kind)) {
    const data = fieldOf(externalSecret, "spec", "data");
    const key = Array.isArray(data) ? fieldOf(data[0], "remoteRef", "key") : undefined;
    if (typeof key === "string" && fieldOf(externalSecret, "spec", "target", "creationPolicy") !== "Merge") return { application, externalSecret, key };
  }
  return undefined;
}

/** Does some work while an Application is Degraded; afterwards it is Healthy again. */
export async function whileDegraded<T>(argocd: ArgoCd, cluster: RunningCluster, vault: Vault, { application, externalSecret, key }: Degradable, work: () => Promise<T>): Promise<T> {
  const health = (wanted: string) =>
    until({ what: `${application} to be ${wanted}`, timeoutSeconds: 180, everyMilliseconds: 1000 }, async () => ((await applications(argocd)).find(({ name }) => name === application)?.health === wanted ? true : undefined));
  const value = vault.lose(key);
  try {
    await cluster.api.client.patch(externalSecret, { status: { conditions: [{ type: "Ready", ...MISSING, lastTransitionTime: new Date().toISOString() }] } }, "status");
    await health("Degraded");
    return await work();
  } finally {
    vault.put(key, value);
    await health("Healthy");
  }
}
