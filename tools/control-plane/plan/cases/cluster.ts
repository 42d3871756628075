import { change, refusal, type Case } from "../case";
import { changed, definition, namespace, priorityClass, role, roleBinding, serviceAccount, widget } from "../objects";

const enforce = "metadata.labels.pod-security\\.kubernetes\\.io/enforce";
const versions = definition["spec"] as { readonly versions: readonly Readonly<Record<string, unknown>>[] };
const version = (index: number, more: Readonly<Record<string, unknown>> = {}) => ({ ...versions.versions[index], ...more });
const ingressClass = { apiVersion: "networking.k8s.io/v1", kind: "IngressClass", metadata: { name: "case" }, spec: { controller: "one.example/ingress" } };
const runtimeClass = { apiVersion: "node.k8s.io/v1", kind: "RuntimeClass", metadata: { name: "case" }, handler: "one" };

/** What belongs to no workload: rights, namespaces, classes and kinds. */
export const cluster: readonly Case[] = [
  change("a right more", "live change", "access", role, changed(role, "rules.0.verbs", ["get", "list", "delete"]), { opens: true }),
  change("a right less", "live change", "access", role, changed(role, "rules.0.verbs", ["get"])),
  change("somebody more who has it", "live change", "access", roleBinding, changed(roleBinding, "subjects", [{ kind: "ServiceAccount", name: "web", namespace: "case" }, { kind: "ServiceAccount", name: "default", namespace: "case" }]), { opens: true }),
  change("nobody who has it", "live change", "access", roleBinding, changed(roleBinding, "subjects", [])),
  refusal("which role is given", "recreate", "immutable-field", roleBinding, changed(roleBinding, "roleRef.name", "admin")),
  change("an account that gives its token", "live change", "privilege", changed(serviceAccount, "automountServiceAccountToken", false), changed(serviceAccount, "automountServiceAccountToken", true), { opens: true }),
  change("an account's label", "live change", "applied", serviceAccount, changed(serviceAccount, "metadata.labels", { team: "lab" })),
  change("a stricter namespace", "live change", "privilege", namespace, changed(namespace, enforce, "restricted")),
  change("a namespace that lets everything in", "live change", "privilege", namespace, changed(namespace, enforce, "privileged"), { opens: true }),
  refusal("a priority", "recreate", "immutable-field", priorityClass, changed(priorityClass, "value", 2000)),
  refusal("whether a priority evicts", "recreate", "immutable-field", priorityClass, changed(priorityClass, "preemptionPolicy", "Never")),
  refusal("an ingress class' controller", "recreate", "immutable-field", ingressClass, changed(ingressClass, "spec.controller", "two.example/ingress")),
  refusal("a runtime class' handler", "recreate", "immutable-field", runtimeClass, changed(runtimeClass, "handler", "two")),
  change("a version that is served no more", "outage", "custom-resource-definition", definition, changed(definition, "spec.versions", [version(0, { served: false }), version(1)])),
  change("a version that nobody stored is gone", "outage", "custom-resource-definition", definition, changed(definition, "spec.versions", [version(1)])),
  refusal("a version that objects are stored in is gone", "data at risk", "custom-resource-definition", definition, changed(definition, "spec.versions", [version(0, { storage: true })])),
  change("objects are stored in another version", "live change", "custom-resource-definition", definition, changed(definition, "spec.versions", [version(0, { storage: true }), version(1, { storage: false })])),
  refusal("a kind that belongs to no namespace any more", "recreate", "immutable-field", definition, changed(definition, "spec.scope", "Cluster")),
  { title: "a custom resource", says: "live change", rule: "applied", before: [definition, widget], after: [definition, changed(widget, "spec.size", 2)] },
  { title: "a field that a kind's own definition keeps", says: "recreate", rule: "immutable-field", refused: true, before: [definition, widget], after: [definition, changed(widget, "spec.disk", "two")] },
];
