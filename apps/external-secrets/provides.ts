import {
  ExternalSecret,
  ExternalSecretSpecDataFromSourceRefGeneratorRefKind as GeneratorKind,
  ExternalSecretSpecRefreshPolicy as RefreshPolicy,
  ExternalSecretSpecSecretStoreRefKind as StoreKind,
  type ExternalSecretSpec,
} from "../../imports/external-secrets";
import type { GeneratedSecret, SecretNeed } from "../../engine/model/needs";
import type { Scope, SecretsProvider } from "../../engine/model/provides";
import { recipe } from "../../engine/model/recipe";
import { generator, secretOf, targetOf } from "./objects";
import { throughVault } from "./through-vault";
import { PlainObject } from "../../engine/workload/plain-object";

/** A provider of secrets that remembers which of the release's stores it uses, so that the release can check that it has it. */
export interface StoredSecrets extends SecretsProvider {
  readonly store: string;
}

/**
 * Secrets through External Secrets. `vault` values follow the vault every hour. `generated` values are made once in the
 * cluster and stay until their Secret is deleted; those that guard data live in the vault first (through-vault.ts).
 */
export const externalSecrets = recipe((options: { readonly store?: string } = {}): StoredSecrets => {
  const store = options.store ?? "vault";
  return {
    backedBy: "external-secrets",
    store,
    provide(scope, name, need) {
      if (need.from === "vault") follow(scope, name, need.shape, { key: need.key, store });
      else if (livesInVault(need)) throughVault(scope, name, need, store);
      else makeOnce(scope, name, need);
      return secretOf(name, need.shape);
    },
  };
});

/** For a lab without a vault: what is generated once in the cluster, and gone with it. Everything else is a finding. */
export const generatedSecrets = recipe((): SecretsProvider => ({
  backedBy: "external-secrets",
  vaultless: true,
  provide(scope, name, need) {
    if (need.from !== "generated" || livesInVault(need)) throw new Error(`${scope.release.address}: ${name} needs a vault, and no check said so`);
    makeOnce(scope, name, need);
    return secretOf(name, need.shape);
  },
}));

/**
 * Keys merged into a Secret that others write to are kept in the vault as well: at any change of that Secret the controller
 * asks the source again, and a generator would answer with a new value.
 */
const livesInVault = (need: GeneratedSecret): boolean => need.guards || need.shape?.into === "merge";

function follow({ chart }: Scope, name: string, shape: SecretNeed["shape"], from: { readonly key: string; readonly store: string }): void {
  const spec: ExternalSecretSpec = {
    refreshPolicy: RefreshPolicy.PERIODIC,
    // A Secret that is merged into may come later than we do, and is only looked for at a refresh.
    refreshInterval: shape?.into === "merge" ? "5m" : "1h",
    secretStoreRef: { name: from.store, kind: StoreKind.CLUSTER_SECRET_STORE },
    target: targetOf(name, shape),
    data: [{ secretKey: "value", remoteRef: { key: from.key } }],
  };
  new PlainObject(chart, `secret-${name}`, ExternalSecret.manifest({ metadata: { name }, spec }));
}

/**
 * Made when the Secret is first wanted, and never again. The controller remembers in the object's status, so that a backup
 * that brings the object back without it gets a new value: right for what need only be stable. A changed shape is not
 * applied to a value that is there; deleting the Secret makes a new one.
 */
function makeOnce({ chart }: Scope, name: string, need: GeneratedSecret): void {
  generator(chart, name, need.length);
  new PlainObject(chart, `secret-${name}`, ExternalSecret.manifest({
    metadata: { name },
    spec: {
      refreshPolicy: RefreshPolicy.CREATED_ONCE,
      target: targetOf(name, need.shape),
      dataFrom: [{ sourceRef: { generatorRef: { apiVersion: "generators.external-secrets.io/v1alpha1", kind: GeneratorKind.PASSWORD, name } } }],
    },
  }));
}
