import type { Chart } from "cdk8s";
import type { SecretGrant } from "../../engine/model/grants";
import type { Image } from "../../engine/model/image";
import { http } from "../../engine/workload/probe";
import { Workload } from "../../engine/workload/workload";

/** Ports of the proxy: for people, for the hub that sets its routes, and for Prometheus. */
export const proxyPorts = { web: 8000, routes: 8001, metrics: 8002 } as const;

export const proxyMemory = "256Mi";

interface Proxy {
  readonly image: Image;
  readonly token: SecretGrant;
  readonly hubUrl: string;
}

/**
 * Sends each request to the hub or to a person's server. It keeps its routes in memory, where the hub puts them: two would
 * each know half of them. https://github.com/jupyterhub/configurable-http-proxy/tree/5.2.0#command-line-options
 */
export function proxy(chart: Chart, { image, token, hubUrl }: Proxy): void {
  new Workload(chart, "proxy", {
    image,
    command: ["configurable-http-proxy"],
    args: [
      "--ip=0.0.0.0",
      `--port=${proxyPorts.web}`,
      "--api-ip=0.0.0.0",
      `--api-port=${proxyPorts.routes}`,
      "--metrics-ip=0.0.0.0",
      `--metrics-port=${proxyPorts.metrics}`,
      `--default-target=${hubUrl}`,
      `--error-target=${hubUrl}/hub/error`,
    ],
    env: { CONFIGPROXY_AUTH_TOKEN: token },
    user: 65534,
    alone: true,
    ports: proxyPorts,
    resources: { cpu: "50m", memory: "128Mi", memoryLimit: proxyMemory },
    probes: { ready: http("/_chp_healthz", proxyPorts.web) },
  });
}
