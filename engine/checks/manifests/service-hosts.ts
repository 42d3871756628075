import { fieldOf, type Manifest } from "../../model/manifest";
import { podTemplateOf } from "../../model/pod-template";
import { portOf, type Reference } from "./naming";

/** A Service's name in the cluster's DNS, with a port: https://kubernetes.io/docs/concepts/services-networking/dns-pod-service/#services */
const host = /\b([a-z0-9-]+)\.([a-z0-9-]+)\.svc\b(?:\.cluster\.local\b)?(?::(\d+))?/g;

/**
 * Services that programs are told to call, in files of configuration, variables and arguments: by the name that means nothing else.
 * A short one may as well be a host of the network.
 */
export function toldServices(manifest: Manifest): readonly Reference[] {
  if (manifest.kind === "ConfigMap") return Object.values(fieldOf(manifest, "data") ?? {}).flatMap((text) => (typeof text === "string" ? servicesIn(text) : []));
  const spec = podTemplateOf(manifest)?.spec;
  if (spec === undefined) return [];
  return [...(spec.initContainers ?? []), ...spec.containers].flatMap(({ env = [], args = [], command = [] }) => [...env.map(({ value = "" }) => value), ...args, ...command]).flatMap(servicesIn);
}

const servicesIn = (text: string): readonly Reference[] => (text.includes(".svc") ? [...text.matchAll(host)].flatMap(([, name = "", namespace = "", port]) => service(name, namespace, port)) : []);

/** Every cluster has its API's own, and prometheus-operator makes one beside what it runs: https://prometheus-operator.dev/docs/platform/platform-guide/ */
const service = (name: string, namespace: string, port: string | undefined): readonly Reference[] =>
  name === "kubernetes" || name.endsWith("-operated") ? [] : [{ namespace, object: `Service/${name}` }, ...portOf(name, { port }, namespace)];
