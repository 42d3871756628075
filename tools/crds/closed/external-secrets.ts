import type { JsonSchema } from "../../../engine/schema/json-schema";
import { flag, list, mapOf, object, oneOf, required, text, whole, withSpec, type ClosedKind } from "./closed-kind";

/**
 * External Secrets 2.9.0, for what a homelab's stores need: Google's Secret Manager, Vault and OpenBao, another
 * namespace, and the fake one for tests. From https://external-secrets.io/v2.9.0/api/spec/.
 */
const group = "external-secrets.io";
const generators = "generators.external-secrets.io";

const objectName: JsonSchema = { type: "string", minLength: 1, maxLength: 253, pattern: "^[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$" };
const namespaceName: JsonSchema = { type: "string", minLength: 1, maxLength: 63, pattern: "^[a-z0-9]([-a-z0-9]*[a-z0-9])?$" };
const dataKey: JsonSchema = { type: "string", minLength: 1, maxLength: 253, pattern: "^[-._a-zA-Z0-9]+$" };
const exactlyOne: JsonSchema = { minProperties: 1, maxProperties: 1 };

const secretKey = object({ name: objectName, key: dataKey, namespace: namespaceName });
const serviceAccount = object({ name: required(objectName), namespace: namespaceName, audiences: list(text) });
const labelSelector = object({
  matchLabels: mapOf(text),
  matchExpressions: list(object({ key: required(text), operator: required(text), values: list(text) })),
});
const caProvider = object({ type: required(oneOf("Secret", "ConfigMap")), name: required(objectName), key: dataKey, namespace: namespaceName });
const caBundle: JsonSchema = { type: "string", format: "byte" };

const storeKind = oneOf("SecretStore", "ClusterSecretStore");
const storeRef = object({ name: objectName, kind: storeKind });
const generatorRef = object({
  apiVersion: text,
  kind: required(oneOf("ClusterGenerator", "Password", "SSHKey", "UUID")),
  name: required(objectName),
});

const conversionStrategy = oneOf("Default", "Unicode");
const decodingStrategy = oneOf("Auto", "Base64", "Base64URL", "None");
const remoteRef = object({ key: required(text), property: text, version: text, metadataPolicy: oneOf("None", "Fetch"), conversionStrategy, decodingStrategy });
const rewrite = list(
  object({ regexp: object({ source: required(text), target: required(text) }), transform: object({ template: required(text) }) }, exactlyOne),
);

const templateItems = list(object({ key: required(dataKey), templateAs: oneOf("Values", "KeysAndValues") }));
const template = object({
  type: text,
  engineVersion: oneOf("v2"),
  mergePolicy: oneOf("Replace", "Merge"),
  metadata: object({ annotations: mapOf(text), labels: mapOf(text), finalizers: list(text) }),
  data: mapOf(text),
  templateFrom: list(
    object({
      configMap: object({ name: required(objectName), items: required(templateItems) }),
      secret: object({ name: required(objectName), items: required(templateItems) }),
      literal: text,
      target: text,
    }),
  ),
});

const externalSecret = object({
  refreshInterval: text,
  refreshPolicy: oneOf("CreatedOnce", "Periodic", "OnChange"),
  secretStoreRef: storeRef,
  target: object({
    name: objectName,
    creationPolicy: oneOf("Owner", "Orphan", "Merge", "None", "CreateOrMerge"),
    deletionPolicy: oneOf("Delete", "Merge", "Retain"),
    immutable: flag,
    template,
  }),
  data: list(object({ secretKey: required(dataKey), remoteRef: required(remoteRef), sourceRef: object({ storeRef, generatorRef }, exactlyOne) })),
  dataFrom: list(
    object({
      extract: remoteRef,
      find: object({ path: text, name: object({ regexp: text }), tags: mapOf(text), conversionStrategy, decodingStrategy }),
      rewrite,
      sourceRef: object({ storeRef, generatorRef }, exactlyOne),
    }),
  ),
});

const googleSecretManager = object({
  projectID: text,
  location: text,
  auth: object({
    secretRef: object({ secretAccessKeySecretRef: secretKey }),
    workloadIdentity: object({ serviceAccountRef: required(serviceAccount), clusterLocation: text, clusterName: text, clusterProjectID: text }),
    workloadIdentityFederation: object({
      audience: text,
      serviceAccountRef: serviceAccount,
      credConfig: object({ name: required(objectName), key: required(dataKey), namespace: namespaceName }),
      gcpServiceAccountEmail: { type: "string", minLength: 1, pattern: "^.*@.*\\.iam\\.gserviceaccount\\.com$" },
    }),
  }),
});

const kubernetes = object({
  remoteNamespace: namespaceName,
  server: object({ url: text, caBundle, caProvider }),
  authRef: secretKey,
  auth: object(
    {
      serviceAccount,
      token: object({ bearerToken: required(secretKey) }),
      cert: object({ clientCert: required(secretKey), clientKey: required(secretKey) }),
    },
    exactlyOne,
  ),
});

const vault = object({
  server: required(text),
  path: text,
  version: oneOf("v1", "v2"),
  namespace: text,
  caBundle,
  caProvider,
  readYourWrites: flag,
  auth: object({
    tokenSecretRef: secretKey,
    appRole: object({ path: text, roleId: text, roleRef: secretKey, secretRef: required(secretKey) }),
    kubernetes: object({ mountPath: text, role: required(text), serviceAccountRef: serviceAccount, secretRef: secretKey }),
  }),
});

const fake = object({ data: required(list(object({ key: required(text), value: required(text), version: text }))) });

const store = object({
  controller: text,
  provider: required(object({ gcpsm: googleSecretManager, kubernetes, vault, fake }, exactlyOne)),
  refreshInterval: { "x-kubernetes-int-or-string": true },
  retrySettings: object({ maxRetries: whole, retryInterval: text }),
  conditions: list(object({ namespaces: list(namespaceName), namespaceSelector: labelSelector, namespaceRegexes: list(text) })),
});

const pushSecret = object({
  refreshInterval: text,
  deletionPolicy: oneOf("Delete", "None"),
  updatePolicy: oneOf("Replace", "IfNotExists"),
  secretStoreRefs: required(list(object({ name: objectName, kind: storeKind, labelSelector }))),
  selector: required(object({ secret: object({ name: objectName, selector: labelSelector }), generatorRef }, exactlyOne)),
  template,
  data: list(
    object({
      match: required(object({ secretKey: text, remoteRef: required(object({ remoteKey: required(text), property: text })) })),
      metadata: { "x-kubernetes-preserve-unknown-fields": true },
      conversionStrategy: oneOf("None", "ReverseUnicode"),
    }),
  ),
});

const password = object({
  length: whole,
  digits: whole,
  symbols: whole,
  symbolCharacters: text,
  noUpper: flag,
  allowRepeat: flag,
  encoding: oneOf("base64", "base64url", "base32", "hex", "raw"),
  secretKeys: list(text, { minItems: 1 }),
});
const sshKey = object({ keyType: oneOf("rsa", "ecdsa", "ed25519"), keySize: { type: "integer", minimum: 256, maximum: 8192 }, comment: text });
const clusterGenerator = object({
  kind: required(oneOf("Password", "SSHKey", "UUID")),
  generator: required(object({ passwordSpec: password, sshKeySpec: sshKey, uuidSpec: object({}) }, exactlyOne)),
});

export const externalSecrets: readonly ClosedKind[] = [
  { group, version: "v1", kind: "ExternalSecret", plural: "externalsecrets", namespaced: true, schema: withSpec(externalSecret) },
  { group, version: "v1", kind: "SecretStore", plural: "secretstores", namespaced: true, schema: withSpec(store) },
  { group, version: "v1", kind: "ClusterSecretStore", plural: "clustersecretstores", namespaced: false, schema: withSpec(store) },
  { group, version: "v1alpha1", kind: "PushSecret", plural: "pushsecrets", namespaced: true, schema: withSpec(pushSecret) },
  { group: generators, version: "v1alpha1", kind: "Password", plural: "passwords", namespaced: true, schema: withSpec(password) },
  { group: generators, version: "v1alpha1", kind: "SSHKey", plural: "sshkeys", namespaced: true, schema: withSpec(sshKey) },
  { group: generators, version: "v1alpha1", kind: "UUID", plural: "uuids", namespaced: true, schema: withSpec(object({})) },
  { group: generators, version: "v1alpha1", kind: "ClusterGenerator", plural: "clustergenerators", namespaced: false, schema: withSpec(clusterGenerator) },
];
