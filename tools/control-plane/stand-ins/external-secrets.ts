import { z } from "zod";
import type { RunningCluster } from "../cluster/start-cluster";
import type { KubernetesObject } from "../kubernetes/object";
import type { StandIn } from "./table";
import { filledTemplate } from "./template";
import type { Vault } from "./vault";

const externalSecret = z.looseObject({
  apiVersion: z.string(),
  kind: z.string(),
  metadata: z.looseObject({ name: z.string(), namespace: z.string(), uid: z.string() }),
  spec: z.looseObject({
    target: z
      .looseObject({
        name: z.string().optional(),
        creationPolicy: z.string().optional(),
        template: z
          .looseObject({
            type: z.string().optional(),
            metadata: z.looseObject({ labels: z.record(z.string(), z.string()).optional() }).optional(),
            data: z.record(z.string(), z.string()).optional(),
          })
          .optional(),
      })
      .default({}),
    data: z.array(z.looseObject({ secretKey: z.string(), remoteRef: z.looseObject({ key: z.string() }) })).default([]),
    dataFrom: z.array(z.unknown()).default([]),
  }),
});

/** An ExternalSecret, as far as the stand-in follows it. */
export type ExternalSecret = z.infer<typeof externalSecret>;

/** What is played here, as the table says it of the others. */
export const EXTERNAL_SECRET: StandIn = { operator: "external-secrets", apiVersion: "external-secrets.io/v1", kind: "ExternalSecret", condition: "Ready" };

/**
 * Plays External Secrets once for a cluster: makes the Secret of every ExternalSecret that has none yet, from the vault,
 * or new where a generator is named. Templates may only put values in, as ours do.
 */
export async function playExternalSecrets({ api }: RunningCluster, vault: Vault): Promise<void> {
  const all = await api.client.list(EXTERNAL_SECRET.apiVersion, EXTERNAL_SECRET.kind);
  for (const object of all) {
    const before = readyCondition(object);
    if (before?.status === "True") continue;
    const wanted = externalSecret.parse(object);
    const secret = secretFor(wanted, vault);
    const merges = wanted.spec.target.creationPolicy === "Merge";
    if (secret !== undefined && merges && (await api.client.get(secret)) === undefined) continue;
    if (secret !== undefined) await api.client.apply(secret);
    const now = secret === undefined ? MISSING : SYNCED;
    if (before?.reason === now.reason) continue;
    await api.client.patch(object, { status: { conditions: [{ type: "Ready", ...now, lastTransitionTime: new Date().toISOString() }] } }, "status");
  }
}

/** The conditions that the operator itself sets: https://github.com/external-secrets/external-secrets/blob/v2.9.0/apis/externalsecrets/v1/externalsecret_types.go */
const SYNCED = { status: "True", reason: "SecretSynced", message: "by the test's stand-in" };

/** The condition of one whose key the vault lacks. */
export const MISSING = { status: "False", reason: "SecretSyncedError", message: "the vault has no such key yet" };

const conditioned = z.looseObject({ status: z.looseObject({ conditions: z.array(z.looseObject({ type: z.string(), status: z.string(), reason: z.string().optional() })).default([]) }).optional() });

function readyCondition(object: KubernetesObject): { readonly status: string; readonly reason?: string | undefined } | undefined {
  return conditioned.parse(object).status?.conditions.find(({ type }) => type === "Ready");
}

/** The Secret that an ExternalSecret asks for; undefined while the vault lacks one of its keys. */
export function secretFor({ metadata, spec, apiVersion, kind }: ExternalSecret, vault: Vault): KubernetesObject | undefined {
  const { name, creationPolicy, template } = spec.target;
  const values: Record<string, string> = {};
  for (const { secretKey, remoteRef } of spec.data) {
    const value = vault.read(remoteRef.key);
    if (value === undefined) return undefined;
    values[secretKey] = value;
  }
  if (spec.dataFrom.length > 0) values["value"] = vault.read(`generated ${metadata.uid}`) ?? "";
  const owner = { apiVersion, kind, name: metadata.name, uid: metadata.uid, controller: true, blockOwnerDeletion: true };
  return {
    apiVersion: "v1",
    kind: "Secret",
    metadata: {
      name: name ?? metadata.name,
      namespace: metadata.namespace,
      labels: { ...template?.metadata?.labels, "reconcile.external-secrets.io/managed": "true" },
      ...(creationPolicy === "Merge" ? {} : { ownerReferences: [owner] }),
    },
    ...(template?.type === undefined ? {} : { type: template.type }),
    stringData: Object.fromEntries(Object.entries(template?.data ?? Object.fromEntries(Object.keys(values).map((key) => [key, `{{ .${key} }}`]))).map(([key, text]) => [key, filledIn(text, values)])),
  };
}

function filledIn(template: string, values: Readonly<Record<string, string>>): string {
  const text = filledTemplate(template, values);
  if (text === undefined) throw new Error(`the stand-in for External Secrets cannot follow the template ${template}`);
  return text;
}
