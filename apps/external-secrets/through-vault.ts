import {
  ExternalSecret,
  ExternalSecretSpecRefreshPolicy as RefreshPolicy,
  ExternalSecretSpecSecretStoreRefKind as StoreKind,
  PushSecret,
  PushSecretSpecDeletionPolicy as DeletionPolicy,
  PushSecretSpecSelectorGeneratorRefKind as GeneratorKind,
  PushSecretSpecUpdatePolicy as UpdatePolicy,
  PushSecretSpecSecretStoreRefsKind as PushKind,
  type PushSecretSpecSelector,
} from "../../imports/external-secrets";
import type { GeneratedSecret } from "../../engine/model/needs";
import type { Scope } from "../../engine/model/provides";
import { vaultKeyOf } from "../../engine/model/vault-key";
import { generator, plainKeyOf, secretOf, targetOf } from "./objects";
import { PlainObject } from "../../engine/workload/plain-object";

/**
 * A value that data cannot be read again without. It is made in the vault and nowhere else, and only where the vault has
 * none; the cluster then fetches it from there. A cluster that starts empty therefore gets the old value back by itself,
 * and until the vault answers it gets none, and what needs it waits. docs/secrets.md tells what that covers.
 */
export function throughVault({ chart, release }: Scope, name: string, need: GeneratedSecret, store: string): void {
  const remoteKey = vaultKeyOf(release, name);
  const secret = secretOf(name, need.shape);
  const push = (id: string, spec: { readonly from: PushSecretSpecSelector; readonly secretKey: string; readonly refreshInterval: string }) =>
    new PlainObject(chart, `push-${id}`, PushSecret.manifest({
      metadata: { name: id },
      spec: {
        refreshInterval: spec.refreshInterval,
        // Whatever the vault has is right; nothing here may change or delete it.
        updatePolicy: UpdatePolicy.IF_NOT_EXISTS,
        deletionPolicy: DeletionPolicy.NONE,
        secretStoreRefs: [{ name: store, kind: PushKind.CLUSTER_SECRET_STORE }],
        selector: spec.from,
        data: [{ match: { secretKey: spec.secretKey, remoteRef: { remoteKey } } }],
      },
    }));

  generator(chart, name, need.length);
  // Once: were the vault's copy lost later, this would put a new value in the place of the one that the data is locked with.
  push(name, { from: { generatorRef: { apiVersion: "generators.external-secrets.io/v1alpha1", kind: GeneratorKind.PASSWORD, name } }, secretKey: "value", refreshInterval: "0s" });
  new PlainObject(chart, `secret-${name}`, ExternalSecret.manifest({
    metadata: { name },
    spec: {
      // Not periodic: the value may only change when somebody means it.
      refreshPolicy: RefreshPolicy.ON_CHANGE,
      // How soon a Secret is found that it is merged into and that came later.
      ...(need.shape?.into === "merge" ? { refreshInterval: "5m" } : {}),
      secretStoreRef: { name: store, kind: StoreKind.CLUSTER_SECRET_STORE },
      target: targetOf(name, need.shape),
      data: [{ secretKey: "value", remoteRef: { key: remoteKey } }],
    },
  }));
  // What the vault lost, it gets back from the cluster.
  const secretKey = plainKeyOf(need.shape);
  if (secretKey) push(`${name}-escrow`, { from: { secret: { name: secret.name } }, secretKey, refreshInterval: "1h" });
}
