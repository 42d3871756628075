import path from "node:path";
import type { Binaries } from "../build/binaries";
import type { Processes } from "../processes/processes";
import { makeCertificates, type Certificates } from "./certificates";
import { startEtcd, type Etcd } from "./etcd";

/** Who API servers are when they call an aggregated API: the name of their certificate. */
export const FRONT_PROXY = "front-proxy";

/** What the clusters of a run share. */
export interface Testbed {
  readonly processes: Processes;
  readonly binaries: Binaries;
  readonly etcd: Etcd;
  readonly certificates: Certificates;
}

/** Starts what is shared; `hosts` are the names and addresses that each certificate is valid for. */
export async function startTestbed(processes: Processes, binaries: Binaries, hosts: Readonly<Record<string, readonly string[]>>): Promise<Testbed> {
  const certificates = makeCertificates(binaries.testbed, path.join(processes.directory, "certificates"), { ...hosts, [FRONT_PROXY]: [FRONT_PROXY] });
  return { processes, binaries, certificates, etcd: await startEtcd(processes, binaries) };
}
