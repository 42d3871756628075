import type { Built } from "../../model/built";
import { error, type Finding } from "../../model/finding";
import { fieldOf, objectName, type Manifest } from "../../model/manifest";
import type { ContainerSpec } from "../../model/pod-template";
import { podsOf, type Pod } from "./pods";
import { matches } from "./selector";
import { arrayOf } from "./violations";

/** Ports lead somewhere: a Service's to a container's, a probe's to its own container's, an Ingress's to a Service's. */
export const targetPort = (built: readonly Built[]): readonly Finding[] =>
  built.flatMap((it) => {
    const pods = podsOf(it);
    const services = new Map(it.manifests.filter(({ kind }) => kind === "Service").map((service) => [service.metadata.name, service]));
    return [
      ...[...services.values()].flatMap((service) => servicePorts(it, service, pods)),
      ...it.manifests.flatMap((manifest) => backends(manifest).flatMap(([what, backend]) => backendPort(it, manifest, what, backend, services))),
      ...pods.flatMap((pod) => pod.containers.flatMap((container) => probePorts(it, pod, container))),
    ];
  });

/** Pods that a controller makes do not say which ports they have; a Service of those alone is taken at its word. */
function servicePorts(it: Built, service: Manifest, pods: readonly Pod[]): readonly Finding[] {
  const selector = fieldOf(service, "spec", "selector");
  const selected = selector
    ? pods.filter(({ labels, namespace }) => namespace === (service.metadata.namespace ?? it.release.namespace) && matches(selector, labels))
    : [];
  if (selected.length === 0) return [];
  const ports = selected.flatMap(({ containers }) => containers.flatMap((container) => container.ports ?? []));
  // A pod on its node's network leaves ports unsaid: saying one would claim it on every node.
  const onNode = selected.some(({ template }) => template.spec.hostNetwork === true);
  return arrayOf(fieldOf(service, "spec", "ports")).flatMap((port) => {
    const target = fieldOf(port, "targetPort") ?? fieldOf(port, "port");
    const isOpen = (onNode && typeof target === "number") || ports.some(({ name, containerPort }) => target === name || target === containerPort);
    if (isOpen) return [];
    const objects = [...new Set(selected.map(({ object }) => object))].join(", ");
    const open = ports.map(({ name, containerPort }) => `${name ?? ""} ${containerPort}`.trim()).join(", ");
    return [nowhere(it, `${objectName(service)} leads to port ${String(target)}`, `a port of ${objects}: ${open || "none"}`)];
  });
}

type Backend = readonly [what: string, backend: unknown];

/** Where an object names a Service of the release and one of its ports. */
function backends(manifest: Manifest): readonly Backend[] {
  const rules = arrayOf(fieldOf(manifest, "spec", "rules"));
  switch (manifest.kind) {
    case "Ingress":
      return rules
        .flatMap((rule) => arrayOf(fieldOf(rule, "http", "paths")))
        .map((path) => [`path ${String(fieldOf(path, "path"))}`, fieldOf(path, "backend", "service")]);
    case "ValidatingWebhookConfiguration":
    case "MutatingWebhookConfiguration":
      return arrayOf(manifest["webhooks"]).map((webhook) => [
        `webhook ${String(fieldOf(webhook, "name"))}`,
        fieldOf(webhook, "clientConfig", "service"),
      ]);
    case "APIService":
      return [["its API", fieldOf(manifest, "spec", "service")]];
    default:
      return [];
  }
}

function backendPort(it: Built, manifest: Manifest, what: string, backend: unknown, services: ReadonlyMap<string, Manifest>): readonly Finding[] {
  const name = fieldOf(backend, "name");
  const elsewhere = fieldOf(backend, "namespace");
  if (typeof name !== "string" || (elsewhere !== undefined && elsewhere !== it.release.namespace)) return [];
  const service = services.get(name);
  if (!service)
    return [
      nowhere(
        it,
        `${objectName(manifest)}: ${what} leads to Service ${name}, and there is none`,
        `one of: ${[...services.keys()].join(", ") || "none"}`,
      ),
    ];
  const port = fieldOf(backend, "port");
  // An Ingress names or numbers the port; webhooks and API services write the number, 443 where they say nothing.
  const wanted = typeof port === "object" && port !== null ? (fieldOf(port, "name") ?? fieldOf(port, "number")) : (port ?? 443);
  const known = arrayOf(fieldOf(service, "spec", "ports"));
  return known.some((it) => wanted === fieldOf(it, "name") || wanted === fieldOf(it, "port"))
    ? []
    : [
        nowhere(
          it,
          `${objectName(manifest)}: ${what} leads to port ${String(wanted)} of Service ${name}`,
          `one of: ${known.map((it) => `${String(fieldOf(it, "name") ?? "")} ${String(fieldOf(it, "port"))}`.trim()).join(", ")}`,
        ),
      ];
}

/** Numbers may name any port; names only those of the same container. */
function probePorts(it: Built, { object }: Pod, container: ContainerSpec): readonly Finding[] {
  const probes = [container.startupProbe, container.readinessProbe, container.livenessProbe];
  const asked = probes
    .flatMap((probe) => [fieldOf(probe, "httpGet", "port"), fieldOf(probe, "tcpSocket", "port")])
    .filter((port) => typeof port === "string");
  const names = (container.ports ?? []).map(({ name }) => name);
  return [...new Set(asked)]
    .filter((port) => !names.includes(port))
    .map((port) =>
      nowhere(it, `${object}: a probe asks port "${port}" of container ${container.name}`, `one of: ${names.join(", ") || "it has none"}`),
    );
}

const nowhere = ({ release }: Built, found: string, expected: string): Finding =>
  error({ rule: "target-port", address: release.address, found, expected, fix: "Name a port that is there, or open it" });
