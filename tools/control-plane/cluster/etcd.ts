import path from "node:path";
import type { Binaries } from "../build/binaries";
import { loopbackPorts } from "../processes/loopback-ports";
import type { Processes, Running } from "../processes/processes";

/** One etcd for every API server of a run, each below a prefix of its own. */
export interface Etcd {
  readonly url: string;
  readonly process: Running;
}

/** Starts etcd; it need not be waited for, because an API server waits for it. */
export async function startEtcd(processes: Processes, binaries: Binaries): Promise<Etcd> {
  const [clientPort, peerPort] = await loopbackPorts(2);
  const url = `http://127.0.0.1:${String(clientPort)}`;
  const peer = `http://127.0.0.1:${String(peerPort)}`;
  const process = processes.start({
    name: "etcd",
    program: binaries.upstream("etcd"),
    args: [
      `--data-dir=${path.join(processes.directory, "etcd")}`,
      `--listen-client-urls=${url}`,
      `--advertise-client-urls=${url}`,
      `--listen-peer-urls=${peer}`,
      `--initial-advertise-peer-urls=${peer}`,
      `--initial-cluster=default=${peer}`,
      // The data is thrown away with the run.
      "--unsafe-no-fsync",
      "--quota-backend-bytes=4294967296",
      "--auto-compaction-retention=5m",
      "--log-level=warn",
    ],
  });
  return { url, process };
}
