import { change, refusal, type Case } from "../case";
import { changed, claim, configMap, deployment, fixedClass, growingClass, secret, told } from "../objects";

const size = "spec.resources.requests.storage";
const growing = changed(claim, "spec.storageClassName", "growing");
const reading = changed(deployment, "spec.template.spec.containers.0.envFrom", [{ configMapRef: { name: "config" } }]);
const guarded = told(claim, "Delete=false", "Prune=false");

/** Claims, classes and configuration. */
export const storage: readonly Case[] = [
  { title: "a claim that grows where its class lets it", says: "live change", rule: "volume-claim", before: [growingClass, growing], after: [growingClass, changed(growing, size, "3Gi")] },
  { title: "a claim that grows where its class does not", says: "data at risk", rule: "volume-claim", refused: true, before: [fixedClass, claim], after: [fixedClass, changed(claim, size, "3Gi")] },
  { title: "a claim that shrinks", says: "data at risk", rule: "volume-claim", refused: true, before: [growingClass, growing], after: [growingClass, changed(growing, size, "1Gi")] },
  { title: "a claim's class", says: "data at risk", rule: "volume-claim", refused: true, before: [growingClass, growing], after: [growingClass, claim] },
  refusal("a claim's access modes", "data at risk", "volume-claim", claim, changed(claim, "spec.accessModes", ["ReadWriteMany"])),
  change("a claim's label", "live change", "applied", claim, changed(claim, "metadata.labels", { team: "lab" })),
  change("a claim's guards", "data at risk", "guards", guarded, told(guarded)),
  change("a finalizer less", "data at risk", "guards", changed(claim, "metadata.finalizers", ["case.example/held"]), claim),
  refusal("a class' parameters", "recreate", "immutable-field", fixedClass, changed(fixedClass, "parameters", { tier: "fast" })),
  refusal("a class' reclaim policy", "data at risk", "storage-class", fixedClass, changed(fixedClass, "reclaimPolicy", "Delete")),
  refusal("a class' provisioner", "recreate", "immutable-field", fixedClass, changed(fixedClass, "provisioner", "other.example")),
  refusal("a class' binding", "recreate", "immutable-field", fixedClass, changed(fixedClass, "volumeBindingMode", "WaitForFirstConsumer")),
  change("a class whose volumes may grow", "live change", "applied", fixedClass, changed(fixedClass, "allowVolumeExpansion", true)),
  change("a class whose volumes may grow no more", "live change", "storage-class", growingClass, changed(growingClass, "allowVolumeExpansion", undefined)),

  change("configuration that nobody reads", "live change", "config", configMap, changed(configMap, "data.web\\.conf", "two")),
  { title: "configuration that pods read at their start", says: "live change", rule: "config", before: [configMap, reading], after: [changed(configMap, "data.web\\.conf", "two"), reading] },
  refusal("configuration that never changes", "recreate", "immutable-field", changed(configMap, "immutable", true), changed(changed(configMap, "immutable", true), "data.web\\.conf", "two")),
  refusal("a Secret's type", "recreate", "immutable-field", secret, changed(secret, "type", "example.com/token")),
];
