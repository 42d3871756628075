import { IntOrString, type Probe } from "cdk8s-plus-30/lib/imports/k8s";

type Check = Pick<Probe, "httpGet" | "tcpSocket" | "exec" | "grpc">;

/** `host`: another address than the pod's, for a process on the node's network that listens on loopback alone. */
export const http = (path: string, port: number, options: { readonly scheme?: "HTTP" | "HTTPS"; readonly host?: string } = {}): Check => ({
  httpGet: { path, port: IntOrString.fromNumber(port), ...options },
});
export const tcp = (port: number): Check => ({ tcpSocket: { port: IntOrString.fromNumber(port) } });
export const grpc = (port: number): Check => ({ grpc: { port } });
export const exec = (...command: readonly string[]): Check => ({ exec: { command: [...command] } });

/** What a pod is asked, and how long it may take. The three questions differ: started? ready for work? beyond help? */
export interface Probes {
  readonly ready: Check;
  /** Without it, the readiness check, asked far more patiently: a busy process is not a dead one. */
  readonly live?: Check;
  /** The longest a healthy start takes, in seconds. */
  readonly startsWithinSeconds?: number;
}

/** Kubernetes' three probes. Liveness waits six times as long as readiness, so that load never restarts a pod. */
export function probesOf(probes: Probes): { readonly startupProbe: Probe; readonly readinessProbe: Probe; readonly livenessProbe: Probe } {
  const within = probes.startsWithinSeconds ?? 60;
  return {
    startupProbe: { ...probes.ready, periodSeconds: 5, timeoutSeconds: 3, failureThreshold: Math.ceil(within / 5) },
    readinessProbe: { ...probes.ready, periodSeconds: 10, timeoutSeconds: 3, failureThreshold: 3 },
    livenessProbe: { ...(probes.live ?? probes.ready), periodSeconds: 30, timeoutSeconds: 5, failureThreshold: 6 },
  };
}
