import type { z } from "zod";
import { externalSecrets as app } from "../../apps/external-secrets/external-secrets";
import { externalSecrets, generatedSecrets } from "../../apps/external-secrets/provides";
import { gcpSecretManager } from "../../apps/external-secrets/store";
import { needMet } from "../../engine/checks/releases/need-met";
import { flowsOf } from "../../engine/model/flow";
import { sentenceOf } from "../../engine/model/finding";
import { fieldOf, objectName, type Manifest } from "../../engine/model/manifest";
import { generated, vault, type SecretNeed } from "../../engine/model/needs";
import { place } from "../../engine/model/placement";
import type { SecretsProvider } from "../../engine/model/provides";
import { resolve } from "../../engine/model/resolve";
import { appOf, builtOf, clusterOf, labOf, worldOf } from "../lab-of";

const stores = { vault: gcpSecretManager({ projectID: "test-vault" }) };

/** The objects of an app that needs one secret, by kind and name. */
function objectsFor(secret: SecretNeed): Readonly<Record<string, Manifest>> {
  const world = worldOf({ clusters: [clusterOf({ provides: { secrets: externalSecrets() }, runs: [place(appOf({ needs: { secrets: { key: secret } } }))] })] });
  return Object.fromEntries(builtOf(world).flatMap(({ manifests }) => manifests.map((it) => [objectName(it), it])));
}

/** The release's own objects. */
const itself = (settings: z.input<typeof app.settings>): readonly Manifest[] =>
  builtOf(worldOf({ clusters: [clusterOf({ provides: { secrets: externalSecrets() }, runs: [place(app, { settings })] })] })).flatMap(({ manifests }) => manifests);

test("a value of the vault is followed, and stays when the vault no longer has it", () => {
  const spec = objectsFor(vault("registry-login"))["ExternalSecret/app-key"]?.["spec"];
  expect(spec).toMatchObject({ refreshPolicy: "Periodic", data: [{ secretKey: "value", remoteRef: { key: "registry-login" } }], target: { name: "app-key", deletionPolicy: "Retain", creationPolicy: "Owner" } });
});

test("software gets the Secret by the name, type, labels and keys that it insists on", () => {
  const shape = { name: "repo", type: "kubernetes.io/basic-auth", labels: { kind: "repository" }, data: { password: "{{ .value }}", username: "git" } };
  expect(fieldOf(objectsFor(vault("git", shape))["ExternalSecret/app-key"], "spec", "target")).toMatchObject({
    name: "repo",
    template: { type: "kubernetes.io/basic-auth", metadata: { labels: { kind: "repository" } }, data: shape.data },
  });
});

test("keys are added to a Secret that somebody else owns without taking it over", () => {
  const target = fieldOf(objectsFor(vault("oidc", { name: "theirs", into: "merge", data: { "oidc.clientSecret": "{{ .value }}" } }))["ExternalSecret/app-key"], "spec", "target");
  expect(target).toMatchObject({ name: "theirs", creationPolicy: "Merge", deletionPolicy: "Retain" });
});

test("a generated value is made once, in the cluster, and nowhere else", () => {
  const objects = objectsFor(generated({ length: 24 }));
  expect(objects["ExternalSecret/app-key"]?.["spec"]).toMatchObject({ refreshPolicy: "CreatedOnce", dataFrom: [{ sourceRef: { generatorRef: { kind: "Password", name: "app-key" } } }] });
  expect(fieldOf(objects["Password/app-key"], "spec", "length")).toBe(24);
  expect(Object.values(objects).map(({ kind }) => kind)).not.toContain("PushSecret");
});

describe("a value that guards data", () => {
  const objects = objectsFor(generated({ guards: true }));
  const remote = { remoteKey: "one_app_app-key" };

  test("is made in the vault, once, and only where the vault has none", () => {
    expect(objects["PushSecret/app-key"]?.["spec"]).toMatchObject({
      refreshInterval: "0s",
      updatePolicy: "IfNotExists",
      deletionPolicy: "None",
      selector: { generatorRef: { kind: "Password", name: "app-key" } },
      data: [{ match: { remoteRef: remote } }],
    });
  });

  test("comes from the vault, so that an empty cluster gets the old one back", () => {
    const spec = objects["ExternalSecret/app-key"]?.["spec"];
    expect(spec).toMatchObject({ refreshPolicy: "OnChange", data: [{ remoteRef: { key: remote.remoteKey } }] });
    expect(fieldOf(spec, "dataFrom")).toBeUndefined();
  });

  test("goes back to the vault from the cluster, if the vault lost it", () => {
    expect(objects["PushSecret/app-key-escrow"]?.["spec"]).toMatchObject({
      refreshInterval: "1h",
      updatePolicy: "IfNotExists",
      deletionPolicy: "None",
      selector: { secret: { name: "app-key" } },
      data: [{ match: { secretKey: "value", remoteRef: remote } }],
    });
  });
});

test("a generated key that is merged into a changing Secret lives in the vault too: it would be made anew with every change", () => {
  const objects = objectsFor(generated({ shape: { name: "theirs", into: "merge", data: { "server.secretkey": "{{ .value }}" } } }));
  expect(objects["ExternalSecret/app-key"]?.["spec"]).toMatchObject({ data: [{ remoteRef: { key: "one_app_app-key" } }] });
  expect(objects["PushSecret/app-key-escrow"]?.["spec"]).toMatchObject({ data: [{ match: { secretKey: "server.secretkey" } }] });
});

test("a vault's key is looked for beside the controller, never beside the caller", () => {
  const store = itself({ stores }).find(({ kind }) => kind === "ClusterSecretStore");
  expect(fieldOf(store, "spec", "provider", "gcpsm", "auth", "secretRef", "secretAccessKeySecretRef")).toEqual({ name: "gcp-secret-manager", key: "credentials.json", namespace: "external-secrets" });
});

test("only namespaces of the lab may ask a vault", () => {
  const store = itself({ stores }).find(({ kind }) => kind === "ClusterSecretStore");
  expect(fieldOf(store, "spec", "conditions")).toEqual([{ namespaceSelector: { matchLabels: { "app.kubernetes.io/managed-by": "hearth" } } }]);
});

test("it mints tokens of its own account where Google trusts the cluster, and not where it has a key", () => {
  const audience = "//iam.googleapis.com/projects/1/locations/global/workloadIdentityPools/lab/providers/one";
  const minting = (manifests: readonly Manifest[]) =>
    manifests.flatMap((it) => (it.kind === "Role" ? [fieldOf(it, "rules")] : [])).flat().filter((rule) => JSON.stringify(rule).includes("serviceaccounts/token"));
  const federated = itself({ stores: { vault: gcpSecretManager({ projectID: "test-vault", auth: { by: "workload-identity-federation", audience } }) } });
  expect(minting(federated)).toEqual([{ apiGroups: [""], resources: ["serviceaccounts/token"], resourceNames: ["external-secrets"], verbs: ["create"] }]);
  expect(minting(itself({ stores }))).toEqual([]);
});

test("only the controller reaches the vault, and only the API server calls the webhook", () => {
  const world = worldOf({ clusters: [clusterOf({ provides: { secrets: externalSecrets() }, runs: [place(app, { settings: { stores } })] })] });
  const flows = world.releases.flatMap((release) => flowsOf(release, world));
  const outside = flows.filter(({ to }) => to.kind === "addresses" && to.cidrs.includes("0.0.0.0/0"));
  expect(new Set(outside.map(({ from }) => from.kind === "pods" && from.component))).toEqual(new Set(["external-secrets"]));
  const callers = flows.filter(({ to }) => to.kind === "pods" && to.component === "webhook").map(({ because }) => because);
  expect(callers).toEqual(["webhook: called by the API server"]);
});

test("without the webhook there is neither a certificate nor anybody who keeps it", () => {
  expect(itself({ stores, webhook: false }).filter(({ kind }) => ["Deployment", "ValidatingWebhookConfiguration", "Secret"].includes(kind)).map(objectName)).toEqual(["Deployment/external-secrets"]);
});

test("a webhook that is down keeps no secret from being written", () => {
  const admission = itself({ stores }).find(({ kind }) => kind === "ValidatingWebhookConfiguration");
  expect([0, 1, 2].map((index) => fieldOf(admission, "webhooks", index, "failurePolicy"))).toEqual(["Ignore", "Ignore", "Ignore"]);
});

test("a cluster whose secrets come from a vault that nobody described is told so", () => {
  const { findings } = resolve(labOf({ clusters: [clusterOf({ provides: { secrets: externalSecrets({ store: "elsewhere" }) }, runs: [place(app, { settings: { stores } })] })] }));
  expect(findings.map(({ rule }) => rule)).toEqual(["secret-store-known"]);
});

describe("without a vault", () => {
  const unmet = (secrets: SecretsProvider, need: SecretNeed): readonly string[] =>
    needMet(worldOf({ clusters: [clusterOf({ provides: { secrets }, runs: [place(appOf({ needs: { secrets: { key: need } } }))] })] })).map(sentenceOf);

  test("what nothing depends on is generated", () => {
    expect(unmet(generatedSecrets(), generated())).toEqual([]);
  });

  test("what must come from outside, or outlive the cluster, is a finding", () => {
    expect(unmet(generatedSecrets(), vault("login"))).toEqual([expect.stringContaining("secrets.key is the vault's login, and one has no vault")]);
    expect(unmet(generatedSecrets(), generated({ guards: true }))).toEqual([expect.stringContaining("guards data")]);
    expect(unmet(externalSecrets(), generated({ guards: true }))).toEqual([]);
  });
});
