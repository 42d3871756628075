import type { Built } from "../../model/built";
import type { Cluster } from "../../model/cluster";
import { error, type Finding } from "../../model/finding";
import { objectName, type Manifest } from "../../model/manifest";
import { nearest } from "../../model/nearest";
import type { Release } from "../../model/release";
import { groupsOf } from "../groups";
import { keyOf, namedAs, namedBy, type Named } from "./named";

/** Classes, issuers, secret stores and generators that an object names are there: otherwise a claim, a pod or a certificate waits for ever. */
export const classExists = (built: readonly Built[]): readonly Finding[] =>
  [...groupsOf(built, ({ release }) => release.cluster.name).values()].flatMap((here) => {
    const known = knownOn(here);
    return here.flatMap(({ release, manifests }) => manifests.flatMap((manifest) => namedBy(manifest, release.namespace).filter((it) => !known.has(keyOf(it))).map((it) => missing(release, manifest, it, known))));
  });

function knownOn(here: readonly Built[]): ReadonlySet<string> {
  const written = here.flatMap(({ release, manifests }) => manifests.flatMap((manifest) => namedAs(manifest, release.namespace) ?? []));
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
