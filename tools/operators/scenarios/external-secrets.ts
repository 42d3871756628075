import { generateKeyPairSync } from "node:crypto";
import { readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { z } from "zod";
import type { Assertion } from "../../control-plane/assertions/assertion";
import type { ClosedKind } from "../../control-plane/definitions/stand-in";
import { describeObject, fieldOf, kubernetesObject, type KubernetesObject } from "../../control-plane/kubernetes/object";
import { loopbackPorts } from "../../control-plane/processes/loopback-ports";
import { until } from "../../control-plane/processes/until";
import { filledTemplate } from "../../control-plane/stand-ins/template";
import { committed, OUTSIDE_CERTIFICATE, type LabCluster } from "../run/lab-cluster";
import type { Operator } from "../run/operator";
import { ownersValue } from "../run/owners-value";
import { awaited, awaitedOutcome, unlessTrue } from "./condition";
import { refusedBy } from "./refused";

/** Google's vault, as the provider calls it: google-cloud-go's secretmanager/apiv1. */
const VAULT_HOST = "secretmanager.googleapis.com";

/** Makes every Secret that is committed as a wish: from the vault, or new. */
export const externalSecrets: Operator = {
  name: "external-secrets",
  parts: [
    {
      workload: "external-secrets-webhook",
      program: "external-secrets",
      flags: { "--metrics-addr": "127.0.0.1:18410", "--healthz-addr": "127.0.0.1:18411", "--port": "18412" },
      webhook: { service: "external-secrets-webhook", port: 18412 },
    },
    { workload: "external-secrets-cert-controller", program: "external-secrets", flags: { "--metrics-addr": "127.0.0.1:18420", "--healthz-addr": "127.0.0.1:18421" } },
    {
      workload: "external-secrets",
      program: "external-secrets",
      flags: { "--metrics-addr": "127.0.0.1:18400" },
      unknown: ["--enable-secret-store-reconciler", "--live-addr"],
      here: ({ testbed }) => ({ environment: { SSL_CERT_FILE: "/etc/outside.crt" }, mounts: { "/etc/outside.crt": testbed.certificates.authorityFile } }),
    },
  ],
  programs: ["secret-manager"],
  hosts: [VAULT_HOST],
  changes: [
    `${VAULT_HOST} is a program of ours that keeps values in memory; the owner's key for it is made by the test`,
    "what a Password makes is called password by 0.19.2, where 2.9.0 is told to call it value: templates say so here",
  ],
  kinds: [anyKind("external-secrets.io", "v1", "SecretStore", "secretstores"), anyKind("generators.external-secrets.io", "v1alpha1", "GeneratorState", "generatorstates")],
  prepare: openVault,
  applied: (object) => (isOwnDefinition(object) ? labelled(object) : isGenerated(object) ? inOldWords(object) : object),
  examine: async (cluster) => [
    ...(await Promise.all(committed(cluster, "ClusterSecretStore").map((store) => isReady(cluster, store)))),
    ...(await Promise.all(committed(cluster, "ExternalSecret").map((wish) => isMade(cluster, wish)))),
    ...(await Promise.all(committed(cluster, "PushSecret").map((push) => isInVault(cluster, push)))),
    await madeOnce(cluster),
    await refusedBy(cluster, "validate.externalsecret.external-secrets.io", nothingWanted(cluster), "an ExternalSecret that wants nothing"),
  ],
};

function anyKind(group: string, version: string, kind: string, plural: string): ClosedKind {
  return { group, version, kind, plural, namespaced: true, schema: { type: "object", "x-kubernetes-preserve-unknown-fields": true } };
}

const isOwnDefinition = ({ kind, metadata }: KubernetesObject): boolean => kind === "CustomResourceDefinition" && /\.external-secrets\.io$/.test(metadata.name);

/** As upstream's are labelled: the cert-controller only looks at those. */
function labelled(object: KubernetesObject): KubernetesObject {
  return { ...object, metadata: { ...object.metadata, labels: { ...object.metadata.labels, "external-secrets.io/component": "controller" } } };
}

/** Whether a new value is made of it, and not one from the vault. */
const isGenerated = (object: KubernetesObject): boolean =>
  (object.kind === "ExternalSecret" && fieldOf(object, "spec", "dataFrom") !== undefined) || (object.kind === "PushSecret" && fieldOf(object, "spec", "selector", "generatorRef") !== undefined);

/** Password's secretKeys came later: apis/generators/v1alpha1 at v0.19.2. */
function inOldWords(object: KubernetesObject): KubernetesObject {
  const text = JSON.stringify(object).replaceAll("{{ .value }}", "{{ .password }}").replaceAll('"secretKey":"value"', '"secretKey":"password"');
  return kubernetesObject.parse(JSON.parse(text));
}

const store = z.looseObject({
  spec: z.looseObject({
    provider: z.looseObject({
      gcpsm: z.looseObject({
        projectID: z.string(),
        auth: z.looseObject({ secretRef: z.looseObject({ secretAccessKeySecretRef: z.object({ name: z.string(), namespace: z.string(), key: z.string() }) }) }),
      }),
    }),
  }),
});

/** Starts what stands for Google, with what the owner has put there, and does the owner's step: the key (docs/secrets.md). */
async function openVault(cluster: LabCluster): Promise<void> {
  const { testbed, running, programs } = cluster;
  const [tokens = 0] = await loopbackPorts(1);
  for (const { spec } of committed(cluster, "ClusterSecretStore").map((object) => store.parse(object))) {
    const { projectID, auth } = spec.provider.gcpsm;
    const { name, namespace, key } = auth.secretRef.secretAccessKeySecretRef;
    const account = {
      type: "service_account",
      client_email: `external-secrets@${projectID}.iam.gserviceaccount.com`,
      private_key: generateKeyPairSync("rsa", { modulusLength: 2048 }).privateKey.export({ type: "pkcs8", format: "pem" }),
      token_uri: `http://127.0.0.1:${String(tokens)}/token`,
    };
    const secret: KubernetesObject = { apiVersion: "v1", kind: "Secret", metadata: { name, namespace }, stringData: { [key]: JSON.stringify(account) } };
    await running.api.client.apply(secret);
    const values = Object.fromEntries(ownersKeys(cluster).map((each) => [`projects/${projectID}/secrets/${each}`, ownersValue(each, testbed.certificates) ?? `value of ${each}`]));
    writeFileSync(path.join(testbed.processes.directory, "owners-values.json"), JSON.stringify(values));
  }
  const started = testbed.processes.start({
    name: "secret-manager",
    program: programs.get("secret-manager")!,
    args: [
      `-tokens=127.0.0.1:${String(tokens)}`,
      `-certificate=${testbed.certificates.certificateFile(OUTSIDE_CERTIFICATE)}`,
      `-key=${testbed.certificates.keyFile(OUTSIDE_CERTIFICATE)}`,
      `-values=${path.join(testbed.processes.directory, "owners-values.json")}`,
      `-state=${stateFile(cluster)}`,
    ],
  });
  await until({ what: "the vault", timeoutSeconds: 30, signal: started.died }, () => Promise.resolve(valuesOf(cluster)));
}

const stateFile = ({ testbed }: LabCluster): string => path.join(testbed.processes.directory, "vault.json");

/** What the vault holds, by the last part of the name. */
function valuesOf(cluster: LabCluster): ReadonlyMap<string, string> {
  const values = z.record(z.string(), z.string()).parse(JSON.parse(readFileSync(stateFile(cluster), "utf8")));
  return new Map(Object.entries(values).map(([name, value]) => [name.split("/").at(-1) ?? name, value]));
}

/** What is read from the vault and not put there by the cluster itself. */
function ownersKeys(cluster: LabCluster): readonly string[] {
  const pushed = committed(cluster, "PushSecret").flatMap((object) => pushSecret.parse(object).spec.data.map(({ match }) => match.remoteRef.remoteKey));
  return committed(cluster, "ExternalSecret").flatMap((object) => externalSecret.parse(object).spec.data.map(({ remoteRef }) => remoteRef.key)).filter((key) => !pushed.includes(key));
}

async function isReady(cluster: LabCluster, object: KubernetesObject): Promise<Assertion> {
  return { says: `${describeObject(object)} is Ready`, problems: await awaited(cluster, object, unlessTrue("Ready")) };
}

const externalSecret = z.looseObject({
  metadata: z.looseObject({ name: z.string(), namespace: z.string() }),
  spec: z.looseObject({
    target: z.looseObject({ name: z.string(), template: z.looseObject({ type: z.string().default("Opaque"), data: z.record(z.string(), z.string()) }) }),
    data: z.array(z.looseObject({ remoteRef: z.looseObject({ key: z.string() }) })).default([]),
    dataFrom: z.array(z.looseObject({ sourceRef: z.looseObject({ generatorRef: z.looseObject({ name: z.string() }) }) })).default([]),
  }),
});

/** The Secret is there, with what was wished for: the vault's value, or a new one of the generator's length. */
async function isMade(cluster: LabCluster, object: KubernetesObject): Promise<Assertion> {
  const { metadata, spec } = externalSecret.parse(object);
  const { name, template } = spec.target;
  const reference = { apiVersion: "v1", kind: "Secret", metadata: { name, namespace: metadata.namespace } };
  const expected = spec.data[0] === undefined ? `a new value of ${String(lengthOf(cluster, spec.dataFrom[0]?.sourceRef.generatorRef.name, metadata.namespace))}` : "the vault's value";
  const problems = await awaitedOutcome(cluster.running.api.process.died, describeObject(reference), async () => {
    const unready = unlessTrue("Ready")((await cluster.running.api.client.get(object)) ?? object);
    if (unready !== undefined) return unready;
    const secret = await cluster.running.api.client.get(reference);
    const key = spec.data[0]?.remoteRef.key;
    const length = lengthOf(cluster, spec.dataFrom[0]?.sourceRef.generatorRef.name, metadata.namespace);
    const differing = Object.entries(template.data).find(([file, text]) => !filledIn(text, plain(secret, file), key === undefined ? undefined : valuesOf(cluster).get(key), length));
    return differing === undefined ? undefined : `${differing[0]} is not what the template makes of ${expected}`;
  });
  return { says: `${describeObject(object)} makes Secret ${name} of ${expected}`, problems };
}

function lengthOf(cluster: LabCluster, generator: string | undefined, namespace: string): number {
  const password = committed(cluster, "Password").find(({ metadata }) => metadata.name === generator && metadata.namespace === namespace);
  return Number(fieldOf(password, "spec", "length") ?? 0);
}

const plain = (secret: KubernetesObject | undefined, key: string): string | undefined => {
  const text = fieldOf(secret, "data", key);
  return typeof text === "string" ? Buffer.from(text, "base64").toString("utf8") : undefined;
};

/** Whether a text is what a template makes of a value, or where that is new, of any value of a length. */
export function filledIn(template: string, text: string | undefined, value: string | undefined, length: number): boolean {
  if (text === undefined) return false;
  if (value !== undefined) return text === filledTemplate(template, { value });
  const [before = "", ...rest] = template.split("{{ .value }}");
  if (rest.length === 0) return text === template;
  const made = text.slice(before.length, before.length + length);
  return /^[A-Za-z0-9]+$/.test(made) && made.length === length && text === template.replaceAll("{{ .value }}", made);
}

const pushSecret = z.looseObject({
  spec: z.looseObject({
    selector: z.looseObject({ secret: z.looseObject({ name: z.string() }).optional() }),
    data: z.array(z.looseObject({ match: z.looseObject({ secretKey: z.string(), remoteRef: z.looseObject({ remoteKey: z.string() }) }) })),
  }),
});

async function isInVault(cluster: LabCluster, object: KubernetesObject): Promise<Assertion> {
  const { selector, data } = pushSecret.parse(object).spec;
  const problems = await awaitedOutcome(cluster.running.api.process.died, describeObject(object), async () => {
    const unready = unlessTrue("Ready")((await cluster.running.api.client.get(object)) ?? object);
    if (unready !== undefined) return unready;
    const secret = selector.secret && (await cluster.running.api.client.get({ apiVersion: "v1", kind: "Secret", metadata: { name: selector.secret.name, namespace: object.metadata.namespace } }));
    const differing = data.find(({ match }) => {
      const kept = valuesOf(cluster).get(match.remoteRef.remoteKey);
      return kept === undefined || (secret !== undefined && kept !== plain(secret, match.secretKey));
    });
    return differing === undefined ? undefined : `the vault does not hold ${differing.match.remoteRef.remoteKey} as the cluster has it`;
  });
  return { says: `${describeObject(object)} is in the vault, as the cluster has it`, problems };
}

/** A value that is made in the cluster stays, whatever becomes of the object that wished for it. */
async function madeOnce(cluster: LabCluster): Promise<Assertion> {
  const wish = committed(cluster, "ExternalSecret").find((object) => fieldOf(object, "spec", "refreshPolicy") === "CreatedOnce");
  if (wish === undefined) return { says: "a value that is made once stays", problems: ["none is committed"] };
  const { metadata, spec } = externalSecret.parse(wish);
  const reference = { apiVersion: "v1", kind: "Secret", metadata: { name: spec.target.name, namespace: metadata.namespace } };
  const { client, process } = cluster.running.api;
  const read = async (): Promise<string> => JSON.stringify(fieldOf(await client.get(reference), "data"));
  await awaited(cluster, wish, unlessTrue("Ready"));
  const before = await read();
  await client.patch(wish, { metadata: { annotations: { "force-sync": "now" } } });
  // A Secret that somebody deletes is made anew: by then, the change above has been looked at, too.
  const kept = await read();
  await client.delete(reference);
  const problems = await awaitedOutcome(process.died, describeObject(reference), async () => {
    const now = await client.get(reference);
    return now === undefined ? "it was deleted and is not made again" : undefined;
  });
  return {
    says: `${describeObject(reference)} stays when its wish is touched, and is made anew when it is deleted`,
    problems: [...(kept === before ? [] : ["its value has changed"]), ...problems, ...((await read()) === before ? ["the new value is the old one"] : [])],
  };
}

/** Which the schema allows, and pkg/controllers/externalsecret's validator refuses: neither data nor dataFrom. */
function nothingWanted(cluster: LabCluster): KubernetesObject {
  const wish = committed(cluster, "ExternalSecret")[0]!;
  const { data: _data, dataFrom: _dataFrom, ...spec } = z.record(z.string(), z.unknown()).parse(fieldOf(wish, "spec"));
  return { apiVersion: wish.apiVersion, kind: wish.kind, metadata: { name: "e2e-nothing", namespace: wish.metadata.namespace }, spec };
}
