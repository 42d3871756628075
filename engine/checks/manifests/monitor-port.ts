import type { Built } from "../../model/built";
import { error, type Finding } from "../../model/finding";
import { fieldOf, objectName, type Manifest } from "../../model/manifest";
import { podsOf } from "./pods";
import { selects } from "./selector";
import { arrayOf } from "./violations";

/** A monitor scrapes ports that what it selects has: by a name that is missing there, Prometheus finds no target and says nothing. */
export const monitorPort = (built: readonly Built[]): readonly Finding[] =>
  built.flatMap((it) => {
    const services = it.manifests.filter(({ kind }) => kind === "Service").map((service) => ({ labels: service.metadata.labels ?? {}, namespace: service.metadata.namespace ?? it.release.namespace, ports: arrayOf(fieldOf(service, "spec", "ports")).map((port) => fieldOf(port, "name")) }));
    const pods = podsOf(it).map(({ labels, namespace, containers }) => ({ labels, namespace, ports: containers.flatMap(({ ports = [] }) => ports.map(({ name }) => name)) }));
    return it.manifests.flatMap((monitor) => {
      if (monitor.kind !== "ServiceMonitor" && monitor.kind !== "PodMonitor") return [];
      const endpoints = arrayOf(fieldOf(monitor, "spec", monitor.kind === "PodMonitor" ? "podMetricsEndpoints" : "endpoints"));
      const selected = selectedBy(monitor, it, monitor.kind === "PodMonitor" ? pods : services);
      if (selected.length === 0) return [];
      return endpoints
        .map((endpoint) => fieldOf(endpoint, "port"))
        .filter((port) => typeof port === "string" && !selected.some(({ ports }) => ports.includes(port)))
        .map((port) =>
          error({
            rule: "monitor-port",
            address: it.release.address,
            found: `${objectName(monitor)} scrapes port "${String(port)}"`,
            expected: `a port of what it selects: ${[...new Set(selected.flatMap(({ ports }) => ports))].map(String).join(", ") || "none has a name"}`,
            fix: "Name a port that is there",
          }),
        );
    });
  });

interface Scrapable {
  readonly labels: Readonly<Record<string, string>>;
  readonly namespace: string;
  readonly ports: readonly unknown[];
}

const selectedBy = (monitor: Manifest, { release }: Built, all: readonly Scrapable[]): readonly Scrapable[] =>
  all.filter(({ labels, namespace }) => namespace === (monitor.metadata.namespace ?? release.namespace) && selects(fieldOf(monitor, "spec", "selector"), labels));
