import type { Built } from "../../model/built";
import type { Cluster } from "../../model/cluster";
import { error, type Finding } from "../../model/finding";
import { fieldOf, objectName, type Manifest } from "../../model/manifest";
import { nearest } from "../../model/nearest";
import type { Release } from "../../model/release";
import { groupsOf } from "../groups";
import { fieldsNamed, type Field } from "./fields";

/** An object that others name, wherever it stands on the cluster. */
interface Named {
  readonly kind: string;
  readonly name: string;
  /** Of those that belong to a namespace. */
  readonly namespace?: string;
}

/** Fields that name an object of the cluster, and its kind. */
const kinds: Readonly<Record<string, string>> = {
  storageClassName: "StorageClass",
  ingressClassName: "IngressClass",
  priorityClassName: "PriorityClass",
  runtimeClassName: "RuntimeClass",
  volumeSnapshotClassName: "VolumeSnapshotClass",
};
/** Fields that say kind and name themselves. Without a kind it is the first of these. */
const references: Readonly<Record<string, readonly string[]>> = {
  issuerRef: ["Issuer", "ClusterIssuer"],
  secretStoreRef: ["SecretStore", "ClusterSecretStore"],
  generatorRef: ["Password", "ClusterGenerator"],
};
const fields: ReadonlySet<string> = new Set([...Object.keys(kinds), ...Object.keys(references)]);

/** Classes, issuers, secret stores and generators that an object names are there: otherwise a claim, a pod or a certificate waits for ever. */
export const classExists = (built: readonly Built[]): readonly Finding[] =>
  [...groupsOf(built, ({ release }) => release.cluster.name).values()].flatMap((here) => {
    const known = knownOn(here);
    return here.flatMap(({ release, manifests }) => manifests.flatMap((manifest) => namedBy(release, manifest).filter((it) => !known.has(keyOf(it))).map((it) => missing(release, manifest, it, known))));
  });

const keyOf = ({ kind, name, namespace = "" }: Named): string => `${kind} ${namespace} ${name}`;

const clusterWide = new Set([...Object.values(kinds), "ClusterIssuer", "ClusterSecretStore", "ClusterGenerator"]);
const wanted = new Set([...clusterWide, ...Object.values(references).flat()]);

function knownOn(here: readonly Built[]): ReadonlySet<string> {
  const written = here.flatMap(({ release, manifests }) =>
    manifests
      .filter(({ kind }) => wanted.has(kind))
      .map(({ kind, metadata }): Named => (clusterWide.has(kind) ? { kind, name: metadata.name } : { kind, name: metadata.name, namespace: metadata.namespace ?? release.namespace })),
  );
  const cluster = here[0]?.release.cluster;
  return new Set([...written, ...(cluster ? brought(cluster) : [])].map(keyOf));
}

/** What Kubernetes, the distribution and hearth's own folders bring, and classes that the owner says are there. */
function brought({ distribution, provides }: Cluster): readonly Named[] {
  const named = (kind: string, names: readonly string[]): readonly Named[] => names.map((name) => ({ kind, name }));
  const { ingress, storage } = provides;
  return [
    // https://kubernetes.io/docs/concepts/scheduling-eviction/pod-priority-preemption/; the lab's own are in dist/<cluster>/priority-classes.
    ...named("PriorityClass", ["system-cluster-critical", "system-node-critical", "lab-node", "lab-platform", "lab-service", "lab-batch"]),
    ...named("RuntimeClass", distribution.runtimeClasses),
    ...named("StorageClass", [...(distribution.bundles.includes("local-path") ? [distribution.localPathClass] : []), ...Object.values(storage).filter(({ backedBy }) => backedBy === undefined).map(({ storageClassName }) => storageClassName)]),
    ...named("IngressClass", ingress && ingress.backedBy === undefined ? [ingress.ingressClassName] : []),
  ];
}

/** What an object names. */
function namedBy(release: Release, manifest: Manifest): readonly Named[] {
  const namespace = manifest.metadata.namespace ?? release.namespace;
  const issuer = (annotation: string, kind: string): readonly Named[] => {
    const name = manifest.metadata.annotations?.[`cert-manager.io/${annotation}`];
    return name === undefined ? [] : [{ kind, name, ...(kind === "Issuer" ? { namespace } : {}) }];
  };
  return [
    ...fieldsNamed(manifest, fields).flatMap((field) => reference(field, namespace)),
    // cert-manager's own answer to an Ingress: https://cert-manager.io/docs/usage/ingress/
    ...issuer("cluster-issuer", "ClusterIssuer"),
    ...issuer("issuer", "Issuer"),
  ];
}

function reference({ key, value }: Field, namespace: string): readonly Named[] {
  const kind = kinds[key];
  if (kind !== undefined) return typeof value === "string" && value !== "" ? [{ kind, name: value }] : [];
  const name = fieldOf(value, "name");
  const said = String(fieldOf(value, "kind") ?? references[key]?.[0]);
  if (typeof name !== "string" || !wanted.has(said)) return [];
  return [{ kind: said, name, ...(clusterWide.has(said) ? {} : { namespace }) }];
}

function missing(release: Release, manifest: Manifest, { kind, name, namespace }: Named, known: ReadonlySet<string>): Finding {
  const there = [...known].filter((it) => it.startsWith(`${kind} ${namespace ?? ""} `)).map((it) => it.split(" ")[2] ?? "");
  const meant = nearest(name, there);
  return error({
    rule: "class-exists",
    address: release.address,
    found: `${objectName(manifest)} names ${kind} ${name}, and nothing on ${release.cluster.name} makes it`,
    expected: there.length ? `one of: ${there.join(", ")}` : `a ${kind}, and there is none`,
    fix: meant ? `Write "${meant}"` : "Name one that is there, or place the app that brings it",
  });
}
