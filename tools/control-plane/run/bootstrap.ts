import { execFile } from "node:child_process";
import { existsSync } from "node:fs";
import path from "node:path";
import { promisify } from "node:util";
import type { RunningCluster } from "../cluster/start-cluster";
import type { Testbed } from "../cluster/testbed";
import type { DefinitionSource } from "../definitions/definition-source";
import { installDefinitions } from "../definitions/install-definitions";
import { fieldOf, type KubernetesObject } from "../kubernetes/object";
import { readManifests } from "../manifests/manifest";
import { until } from "../processes/until";
import type { Vault } from "../stand-ins/vault";

const run = promisify(execFile);

/** dist/<cluster>/argocd-manager: what Argo CD may do there; on a spoke also its account, and the Secret with the token. */
const ACCESS = "argocd-manager";

/** What the hub is bootstrapped with. */
export interface HubBootstrap {
  readonly workTree: string;
  /** The release that is the lab's Argo CD. */
  readonly release: string;
  /** Where to find definitions that dist/ does not bring. */
  readonly definitions: readonly DefinitionSource[];
}

/** Applies to the hub what Argo CD needs to start, and what it is pointed at. */
export async function bootstrapHub(testbed: Testbed, hub: RunningCluster, { workTree, release, definitions }: HubBootstrap): Promise<void> {
  const cluster = `dist/${hub.under.name}`;
  // Argo CD's own passwords are made by External Secrets, which therefore comes first.
  const releases = [`${cluster}/external-secrets`, `${cluster}/${release}`, `${cluster}/${ACCESS}`];
  await kubectlApply(testbed, hub, workTree, ["dist/crds", `${cluster}/priority-classes`]);
  const objects = releases.flatMap((folder) => readManifests(workTree, folder)).map(({ object }) => object);
  await installDefinitions(hub.api, missingDefinitions(objects, await hub.api.client.rediscover(), definitions));
  await kubectlApply(testbed, hub, workTree, releases);
  await kubectlApply(testbed, hub, workTree, ["argocd/projects", "argocd/bootstrap"]);
}

/** Applies to a spoke the hub's access, and puts its token where the hub looks for it: what the owner does once. */
export async function bootstrapSpoke(testbed: Testbed, spoke: RunningCluster, workTree: string, vault: Vault): Promise<void> {
  const folder = [`dist/${spoke.under.name}/${ACCESS}`];
  await kubectlApply(testbed, spoke, workTree, folder);
  const secret = { apiVersion: "v1", kind: "Secret", metadata: { namespace: ACCESS, name: `${ACCESS}-token` } };
  const token = await until({ what: `the token of ${ACCESS} on ${spoke.under.name}`, timeoutSeconds: 30, signal: spoke.api.process.died }, async () => {
    const found = await spoke.api.client.get(secret);
    // Kubernetes deletes the Secret where it sees it before its ServiceAccount (tokens_controller.go).
    if (found === undefined) await kubectlApply(testbed, spoke, workTree, folder);
    const value = fieldOf(found, "data", "token");
    return typeof value === "string" ? Buffer.from(value, "base64").toString("utf8") : undefined;
  });
  const config = { bearerToken: token, tlsClientConfig: { caData: Buffer.from(testbed.certificates.authority).toString("base64") } };
  vault.put(`argocd-cluster-${spoke.under.name}`, JSON.stringify(config));
}

/** Applies folders with kubectl; again until it succeeds, because definitions must be served before their objects. */
async function kubectlApply({ binaries }: Testbed, { api }: RunningCluster, workTree: string, folders: readonly string[]): Promise<void> {
  const files = folders.filter((folder) => existsSync(path.join(workTree, folder))).flatMap((folder) => ["-f", path.join(workTree, folder)]);
  const args = ["--kubeconfig", api.kubeconfig("admin"), "apply", "--server-side", "--force-conflicts", "--recursive", ...files];
  await until({ what: `kubectl apply ${folders.join(" ")}`, timeoutSeconds: 60, everyMilliseconds: 1000, signal: api.process.died }, async () => {
    await run(binaries.upstream("kubectl"), args);
    return true;
  });
}

function missingDefinitions(objects: readonly KubernetesObject[], served: { has(kind: string): boolean }, sources: readonly DefinitionSource[]): readonly KubernetesObject[] {
  const missing = objects.filter(({ apiVersion, kind }) => !served.has(`${apiVersion} ${kind}`));
  const found = missing.flatMap(({ apiVersion, kind }) => sources.map((source) => source.find(apiVersion, kind)).find((definition) => definition !== undefined) ?? []);
  return [...new Map(found.map((definition) => [definition.metadata.name, definition])).values()];
}
