/** A Kubernetes object as plain data, the form in which everything after `build` reads it. */
export interface Manifest {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: {
    readonly name: string;
    readonly namespace?: string;
    readonly labels?: Readonly<Record<string, string>>;
    readonly annotations?: Readonly<Record<string, string>>;
  };
  readonly [field: string]: unknown;
}

export const groupOf = ({ apiVersion }: Manifest): string => apiVersion.slice(0, Math.max(0, apiVersion.indexOf("/")));

/** `Deployment/ollama`: how patches, adoption and findings name an object of a release. */
export const objectName = (manifest: Manifest): string => `${manifest.kind}/${manifest.metadata.name}`;

/** A field by its path, or undefined where any step is missing. */
export function fieldOf(value: unknown, ...path: readonly (string | number)[]): unknown {
  let here = value;
  for (const step of path) {
    if (typeof here !== "object" || here === null) return undefined;
    here = (here as Record<string | number, unknown>)[step];
  }
  return here;
}

/** Annotations are added, never replaced. */
export const annotated = (manifest: Manifest, annotations: Readonly<Record<string, string>>): Manifest =>
  Object.keys(annotations).length === 0
    ? manifest
    : { ...manifest, metadata: { ...manifest.metadata, annotations: { ...manifest.metadata.annotations, ...annotations } } };
