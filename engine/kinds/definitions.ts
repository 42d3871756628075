import { fieldOf, type Manifest } from "../model/manifest";
import { nameOfKind } from "./kind";

/** The kinds whose CRDs are among the manifests, by `nameOfKind`. */
export const definedBy = (manifests: readonly Manifest[]): ReadonlySet<string> =>
  new Set(
    manifests
      .filter((manifest) => manifest.kind === "CustomResourceDefinition")
      .map((crd) => nameOfKind({ group: String(fieldOf(crd, "spec", "group")), kind: String(fieldOf(crd, "spec", "names", "kind")) })),
  );
