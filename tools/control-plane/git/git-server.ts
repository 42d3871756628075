import { get } from "node:https";
import type { Certificates } from "../cluster/certificates";
import type { Binaries } from "../build/binaries";
import type { Processes, Running } from "../processes/processes";
import { until } from "../processes/until";

/** Serves the repositories below a root over HTTPS, as their hosts would; returns when it answers. */
export async function startGitServer(processes: Processes, binaries: Binaries, certificates: Certificates, root: string): Promise<Running> {
  const server = processes.start({
    name: "git-server",
    program: binaries.testbed,
    args: ["git", "127.0.0.1:443", certificates.certificateFile("git"), certificates.keyFile("git"), root],
  });
  await until({ what: "the git server", timeoutSeconds: 20, signal: server.died }, () => answers(certificates.authority));
  return server;
}

/** Any answer will do: there is no repository at the root. */
function answers(ca: string): Promise<true> {
  return new Promise((resolve, reject) => {
    get({ host: "127.0.0.1", port: 443, path: "/", ca, checkServerIdentity: () => undefined }, (response) => {
      response.resume();
      resolve(true);
    }).on("error", reject);
  });
}
