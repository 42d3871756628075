import type { Crd } from "../crd";
import type { ClosedKind } from "./closed-kind";

/** A closed kind in the form that bindings are made from. It is never deployed: the real CRD has more fields. */
export function closedCrd({ group, version, kind, plural, namespaced, schema }: ClosedKind): Crd {
  return {
    apiVersion: "apiextensions.k8s.io/v1",
    kind: "CustomResourceDefinition",
    metadata: { name: `${plural}.${group}` },
    spec: {
      group,
      scope: namespaced ? "Namespaced" : "Cluster",
      names: { kind, plural },
      versions: [{ name: version, served: true, storage: true, schema: { openAPIV3Schema: schema } }],
    },
  };
}
