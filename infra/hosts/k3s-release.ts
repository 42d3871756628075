/** The k3s release for each Kubernetes minor version: the first line of https://update.k3s.io/v1-release/channels that has it. */
const releases: Readonly<Record<string, string>> = { "1.36": "v1.36.3+k3s1" };

/** The release that a cluster's machines install. A minor version without one is our own gap. */
export function k3sRelease(kubernetes: string): string {
  const release = releases[kubernetes];
  if (release === undefined) throw new Error(`no k3s release is known for Kubernetes ${kubernetes}: add it to infra/hosts/k3s-release.ts`);
  return release;
}
