import { fieldOf, type Manifest } from "../../model/manifest";
import { podTemplateOf, type PodSpec } from "../../model/pod-template";
import type { Release } from "../../model/release";
import { portOf, type Reference } from "./naming";

/** A Service's name in the cluster's DNS, with a port: https://kubernetes.io/docs/concepts/services-networking/dns-pod-service/#services */
const whole = /\b([a-z0-9-]+)\.([a-z0-9-]+)\.svc\b(?:\.cluster\.local\b)?(?::(\d+))?/g;

/** One or two labels and a port, where a URL has its host: `http://api:8080`, `redis://user:key@cache.web:6379/0`. */
const short = /:\/\/(?:[^@/\s"']*@)?([a-z][a-z0-9-]*)(?:\.([a-z][a-z0-9-]*))?:(\d+)(?![\w.-])/g;

/** A Service that a program is told to call, under conditions: a short name may as well be a host of the network. */
export interface Told extends Reference {
  /** Asked for only where this is there. */
  readonly given?: Reference;
  /** And where none of these is. */
  readonly unless?: readonly Reference[];
}

/** Services that programs are told to call, in files of configuration, variables and arguments. */
export function toldServices(manifest: Manifest, own: string): readonly Told[] {
  if (manifest.kind === "ConfigMap") return Object.values(fieldOf(manifest, "data") ?? {}).flatMap((text) => (typeof text === "string" ? [...wholeIn(text), ...shortIn(text, own)] : []));
  const spec = podTemplateOf(manifest)?.spec;
  if (spec === undefined) return [];
  const texts = [...(spec.initContainers ?? []), ...spec.containers].flatMap(({ env = [], args = [], command = [] }) => [...env.map(({ value = "" }) => value), ...args, ...command]);
  return [...texts.flatMap(wholeIn), ...(asksCluster(spec) ? texts.flatMap((text) => shortIn(text, own)) : [])];
}

/** Whether short names are looked for in the cluster first: https://kubernetes.io/docs/concepts/services-networking/dns-pod-service/#pod-s-dns-policy */
function asksCluster(spec: PodSpec): boolean {
  const policy = fieldOf(spec, "dnsPolicy") ?? "ClusterFirst";
  return policy === "ClusterFirstWithHostNet" || (policy === "ClusterFirst" && spec.hostNetwork !== true);
}

const wholeIn = (text: string): readonly Told[] => (text.includes(".svc") ? [...text.matchAll(whole)].flatMap(([, name = "", namespace = "", port]) => service(name, namespace, port)) : []);

/**
 * Of one label only the port is asked for, and only where its namespace has such a Service: then nobody else is meant. Two are a
 * Service of the namespace that the second one names, unless the pods of a StatefulSet are called so, or a host that the lab knows.
 */
const shortIn = (text: string, own: string): readonly Told[] =>
  text.includes("://")
    ? [...text.matchAll(short)].flatMap(([, name = "", namespace, port]) =>
        namespace === undefined
          ? service(name, own, port).flatMap((it) => (it.object.startsWith("ServicePort/") ? [{ ...it, given: { namespace: own, object: `Service/${name}` } }] : []))
          : service(name, namespace, port).map((it) => ({ ...it, given: { namespace: "", object: `Namespace/${namespace}` }, unless: [...(it.unless ?? []), { namespace: own, object: `Service/${namespace}` }, knownHost(`${name}.${namespace}`)] })),
      )
    : [];

/** Every cluster has its API's own, and prometheus-operator makes one beside what it runs: https://prometheus-operator.dev/docs/platform/platform-guide/ */
const service = (name: string, namespace: string, port: string | undefined): readonly Told[] =>
  name === "kubernetes" || name.endsWith("-operated") ? [] : [{ namespace, object: `Service/${name}` }, ...portOf(name, { port }, namespace).map((it) => ({ ...it, unless: [anyPort(name, namespace)] }))];

const anyPort = (name: string, namespace: string): Reference => ({ namespace, object: `AnyPort/${name}` });

/** `AnyPort/db` of a Service without an address of its own, which is a name for pods or for a host: what is called there is theirs. */
export const anyPortOf = ({ kind, metadata, spec }: Manifest): readonly string[] =>
  kind === "Service" && (fieldOf(spec, "clusterIP") === "None" || fieldOf(spec, "type") === "ExternalName") ? [`AnyPort/${metadata.name}`] : [];

/** The same of one that a controller makes: nobody says with which ports. */
export const anyPortOfMade = (object: string): readonly string[] => (object.startsWith("Service/") ? [`AnyPort/${object.slice("Service/".length)}`] : []);

const knownHost = (host: string): Reference => ({ namespace: "", object: `Host/${host}` });

/** Hosts outside of clusters that a release may call by name: policies admit no others. */
export const hostsKnownTo = ({ needs, site }: Release): readonly Reference[] =>
  [...site.lab.externals.map(({ host }) => host), ...Object.values(needs.talksTo ?? {}).map((peer) => (peer.kind === "internet" ? peer.host : undefined))].flatMap((host) => (host === undefined ? [] : [knownHost(host)]));
