import { fieldOf, objectName, type Manifest } from "../model/manifest";
import { podTemplateOf, withPodTemplate } from "../model/pod-template";
import type { Release } from "../model/release";

/**
 * Gives objects the names and selectors of what already runs, so that Argo CD takes it over instead of making a second one.
 * Every reference inside the release follows a renamed object.
 */
export function adopted(release: Release, manifests: readonly Manifest[]): readonly Manifest[] {
  const { names = {}, selectors = {} } = release.placement.adopt ?? {};
  if (Object.keys(names).length === 0 && Object.keys(selectors).length === 0) return manifests;
  return manifests.map((manifest) => renamed(reselected(manifest, selectors), names));
}

function reselected(manifest: Manifest, selectors: Readonly<Record<string, Readonly<Record<string, string>>>>): Manifest {
  const component = podTemplateOf(manifest)?.metadata?.labels?.["app.kubernetes.io/component"];
  const selector = component === undefined ? undefined : selectors[component];
  if (!selector) return manifest;
  const withLabels = withPodTemplate(manifest, (template) => ({
    ...template,
    metadata: { ...template.metadata, labels: { ...template.metadata?.labels, ...selector } },
  }));
  const spec = withLabels["spec"] as Readonly<Record<string, unknown>>;
  return "selector" in spec ? { ...withLabels, spec: { ...spec, selector: { matchLabels: selector } } } : withLabels;
}

/** Fields that name an object of the same release, and the kind they name. */
const references: Readonly<Record<string, string>> = {
  claimName: "PersistentVolumeClaim",
  serviceAccountName: "ServiceAccount",
  secretName: "Secret",
  serviceName: "Service",
};
const nested: Readonly<Record<string, string>> = {
  configMap: "ConfigMap",
  configMapRef: "ConfigMap",
  configMapKeyRef: "ConfigMap",
  secretRef: "Secret",
  secretKeyRef: "Secret",
  service: "Service",
};

function renamed(manifest: Manifest, names: Readonly<Record<string, string>>): Manifest {
  const own = names[objectName(manifest)];
  const followed = follow(manifest.kind === "ExternalSecret" ? withTarget(manifest, names) : manifest, names) as Manifest;
  return own ? { ...followed, metadata: { ...followed.metadata, name: own } } : followed;
}

/** The Secret that it makes: a word that names other things elsewhere. */
function withTarget(manifest: Manifest, names: Readonly<Record<string, string>>): Manifest {
  const spec = fieldOf(manifest, "spec") as Readonly<Record<string, unknown>>;
  const target = fieldOf(spec, "target") as { readonly name?: string } | undefined;
  const name = target?.name === undefined ? undefined : names[`Secret/${target.name}`];
  return name === undefined ? manifest : { ...manifest, spec: { ...spec, target: { ...target, name } } };
}

function follow(value: unknown, names: Readonly<Record<string, string>>): unknown {
  if (Array.isArray(value)) return value.map((item) => follow(item, names));
  if (typeof value !== "object" || value === null) return value;
  const record = value as Readonly<Record<string, unknown>>;
  return Object.fromEntries(
    Object.entries(record).map(([key, inner]) => {
      const direct = references[key];
      if (direct && typeof inner === "string") return [key, names[`${direct}/${inner}`] ?? inner];
      const kind = nested[key];
      const name = typeof inner === "object" && inner !== null && "name" in inner ? inner.name : undefined;
      if (kind && typeof name === "string") return [key, { ...(follow(inner, names) as object), name: names[`${kind}/${name}`] ?? name }];
      // Roles and their subjects name their kind beside the name.
      if (key === "name" && typeof inner === "string" && typeof record["kind"] === "string" && !("metadata" in record))
        return [key, names[`${record["kind"]}/${inner}`] ?? inner];
      return [key, follow(inner, names)];
    }),
  );
}
