import { keyOf, namedAs, namedBy } from "../../checks/manifests/named";
import { isLongRunning, podsOf } from "../../checks/manifests/pods";
import { definedBy } from "../../kinds/definitions";
import { isClusterScoped, isCustom, kindOf, nameOfKind, type Kind } from "../../kinds/kind";
import { answeredBy, type AnswersFor } from "../../kinds/webhooks";
import type { Built } from "../../model/built";
import { objectName, type Manifest } from "../../model/manifest";
import type { StartEdge } from "../../model/start-order";
import { waveOf } from "../../model/sync-wave";

/**
 * What the objects of each release on a cluster wait for that another release there brings: the definition of their kind, the
 * webhook that answers for it, the namespace they stand in, the classes, issuers and secret stores that they name, and the
 * operator that makes all pods where a release writes none.
 * One edge for each two releases, with its first reason.
 * - A namespace and a definition only have to be applied, which Argo CD does whether or not what comes beside them succeeds:
 *   whoever waits for one waits for its release only where it comes in a later wave.
 * - An IngressClass orders nothing: Kubernetes accepts an Ingress before its class is there, and no pod waits for either.
 */
export const waitsOn = (built: readonly Built[]): readonly StartEdge[] => edgesOf(built, false);

/**
 * What the objects of each release on a cluster cannot be without, in whatever order it comes: what they wait for, and what only
 * has to be applied. A part of a lab must have all of it.
 */
export const leansOn = (built: readonly Built[]): readonly StartEdge[] => edgesOf(built, true);

/** @param whole also what orders nothing */
function edgesOf(built: readonly Built[], whole: boolean): readonly StartEdge[] {
  const brought = broughtBy(built, whole);
  return built.flatMap((it) => {
    const { release, manifests } = it;
    const edges = new Map(operatorsOf(it, brought).map((to) => [to, { from: release.address, to, because: "which makes all its pods" }]));
    for (const manifest of manifests)
      for (const { to, because } of waitsOf(manifest, release.namespace, brought))
        if (to !== release.address && !edges.has(to)) edges.set(to, { from: release.address, to, because: `${objectName(manifest)} ${because}` });
    return [...edges.values()];
  });
}

/** What a cluster's releases bring, and which of them: by `nameOfKind`, by name, by `keyOf`, by app. */
interface Brought {
  readonly definitions: ReadonlyMap<string, Applied>;
  readonly namespaces: ReadonlyMap<string, Applied>;
  readonly named: ReadonlyMap<string, string>;
  readonly apps: ReadonlyMap<string, string>;
  /** Whether what only has to be applied counts as well. */
  readonly whole: boolean;
  /** Whose webhooks answer for a kind, found once for each. */
  readonly answering: (kind: Kind) => readonly string[];
}

/** An object that only has to be there. */
interface Applied {
  readonly address: string;
  readonly manifest: Manifest;
}

interface Wait {
  /** The release that has it: `forge/cert-manager`. */
  readonly to: string;
  readonly because: string;
}

function broughtBy(built: readonly Built[], whole: boolean): Brought {
  const definitions = new Map<string, Applied>();
  const namespaces = new Map<string, Applied>();
  const named = new Map<string, string>();
  const apps = new Map(built.map(({ release }) => [release.app.name, release.address]));
  const webhooks: (readonly [address: string, answers: AnswersFor])[] = [];
  for (const { release, manifests } of built) {
    const { address } = release;
    for (const manifest of manifests) {
      if (manifest.kind === "Namespace") namespaces.set(manifest.metadata.name, { address, manifest });
      for (const kind of definedBy([manifest])) definitions.set(kind, { address, manifest });
      const it = namedAs(manifest, release.namespace);
      if (it && (whole || it.kind !== "IngressClass")) named.set(keyOf(it), address);
    }
    webhooks.push([address, answeredBy(release, manifests, true)]);
  }
  return { definitions, namespaces, named, apps, whole, answering: remembered((kind) => webhooks.filter(([, answers]) => answers(kind)).map(([address]) => address)) };
}

function remembered(find: (kind: Kind) => readonly string[]): (kind: Kind) => readonly string[] {
  const known = new Map<string, readonly string[]>();
  return (kind) => {
    const name = nameOfKind(kind);
    const found = known.get(name) ?? find(kind);
    known.set(name, found);
    return found;
  };
}

/** An operator is an app of its own name, on whose kinds others stand. */
const operatorsOf = (it: Built, { apps }: Brought): readonly string[] =>
  it.release.makes.length === 0 || podsOf(it).some(isLongRunning) ? [] : it.release.app.crds.flatMap((operator) => apps.get(operator) ?? []);

function waitsOf(manifest: Manifest, ownNamespace: string, { definitions, namespaces, named, whole, answering }: Brought): readonly Wait[] {
  const kind = kindOf(manifest);
  const { namespace = ownNamespace } = manifest.metadata;
  const judged = (it: Manifest, because: string): readonly Wait[] => answering(kindOf(it)).map((to) => ({ to, because }));
  const applied = (it: Applied | undefined, what: string): readonly Wait[] => {
    if (!it) return [];
    const wave = waveOf(it.manifest);
    const itself = wave > 0 ? [{ to: it.address, because: `${what}, which comes there in wave ${wave}` }] : whole ? [{ to: it.address, because: what }] : [];
    return [...judged(it.manifest, `${what}, which its webhook answers for`), ...itself];
  };
  return [
    ...(isCustom(kind) ? applied(definitions.get(nameOfKind(kind)), "needs its kind's definition") : []),
    ...(isClusterScoped(kind) ? [] : applied(namespaces.get(namespace), `is in namespace ${namespace}`)),
    ...judged(manifest, "is what its webhook answers for"),
    ...namedBy(manifest, ownNamespace).flatMap((it) => {
      const to = named.get(keyOf(it));
      return to === undefined ? [] : [{ to, because: `names ${it.kind} ${it.name}` }];
    }),
  ];
}
