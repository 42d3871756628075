import { z } from "zod";
import type { RunningCluster } from "../cluster/start-cluster";
import { fieldOf, type KubernetesObject } from "../kubernetes/object";
import type { StandIn } from "./table";
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
  const waiting = (await api.client.list(EXTERNAL_SECRET.apiVersion, EXTERNAL_SECRET.kind)).filter((object) => fieldOf(object, "status", "conditions") === undefined);
  for (const object of waiting) {
    const wanted = externalSecret.parse(object);
    const merges = wanted.spec.target.creationPolicy === "Merge";
    const secret = secretFor(wanted, vault);
    if (merges && (await api.client.get(secret)) === undefined) continue;
    await api.client.apply(secret);
    const condition = { type: "Ready", status: "True", reason: "SecretSynced", message: "by the test's stand-in", lastTransitionTime: new Date().toISOString() };
    await api.client.patch(object, { status: { conditions: [condition] } }, "status");
  }
}

/** The Secret that an ExternalSecret asks for. */
export function secretFor({ metadata, spec, apiVersion, kind }: ExternalSecret, vault: Vault): KubernetesObject {
  const { name, creationPolicy, template } = spec.target;
  const values: Record<string, string> = {};
  for (const { secretKey, remoteRef } of spec.data) values[secretKey] = vault.read(remoteRef.key);
  if (spec.dataFrom.length > 0) values["value"] = vault.read(`generated ${metadata.uid}`);
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

/** Replaces {{ .key }}; anything else of a template is more than the stand-in knows. */
function filledIn(template: string, values: Readonly<Record<string, string>>): string {
  const text = template.replace(/\{\{-?\s*\.(\w+)\s*-?\}\}/g, (_, key: string) => values[key] ?? "");
  if (text.includes("{{")) throw new Error(`the stand-in for External Secrets cannot follow the template ${template}`);
  return text;
}
