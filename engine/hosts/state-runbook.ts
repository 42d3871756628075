import { bucketNameOf, copiesKept } from "../model/backup-target";
import type { Cluster } from "../model/cluster";
import type { Lab } from "../model/lab";
import { k3sFiles } from "./k3s-config";

/**
 * How the state of a k3s cluster comes back from a snapshot of etcd, as Markdown for `docs/runbooks/<cluster>-state.md`; nothing
 * where nothing keeps snapshots. https://docs.k3s.io/cli/etcd-snapshot
 */
export function stateRunbook(cluster: Cluster, { backups, hosts }: Lab): string | undefined {
  if (!backups || cluster.distribution.name !== "k3s") return undefined;
  const plan = backups.plans["k3s-snapshots"];
  const servers = cluster.nodes.filter(({ role }) => role === "control-plane").map(({ name }) => name);
  const [first = "", ...others] = servers;
  const bucket = bucketNameOf(backups.offsite, { owner: cluster.name, writer: "k3s-snapshots", worth: "precious" });
  const near = backups.onsite.find(({ holds }) => holds.includes("k3s-snapshots"))?.host;
  const copies = [`bucket \`${bucket}\``, ...(near && hosts.some(({ name }) => name === near) ? [`\`${k3sFiles.snapshots}\` of each server, which is on ${near}`] : [])];
  const overdue = backups.offsite.kind === "gcs" ? `Google tells when one is overdue: *No new copy in ${bucket}*.` : `Nothing tells when one is overdue: look into ${new URL(backups.offsite.endpoint).hostname} now and then.`;
  return [
    `# The state of ${cluster.name}`,
    `Every ${plan.every} each of ${servers.join(", ")} writes a snapshot of etcd: ${copies.join(", and ")}. ${copiesKept(plan)} are kept. ${overdue}
In a snapshot is what the API server knows, Secrets included: whoever has one and the cluster's token has everything.`,
    `## Is this the way back?

Seldom. Everything in git comes back by itself on a new cluster, and so does what is precious (docs/runbooks/${cluster.name}-backups.md, where the
cluster has one). A snapshot says that claims are there: where their disks are gone, nothing is brought back into them. Take a
snapshot when the disks stand and etcd does not: most servers were lost, or something was deleted that is in no git.`,
    `## Looking, and one by hand before something risky

\`\`\`sh
ssh ops@${first} sudo k3s etcd-snapshot ls
ssh ops@${first} sudo k3s etcd-snapshot save --name before-upgrade
\`\`\``,
    `## Back to a snapshot

The names are those that \`ls\` shows. Everything since then is forgotten; pods go on running until their nodes are told otherwise.

\`\`\`sh
${servers.map((name) => `ssh ops@${name} sudo systemctl stop k3s`).join("\n")}
ssh ops@${first} "sudo sh -c 'set -a; . /etc/default/k3s; k3s server --cluster-reset --cluster-reset-restore-path=SNAPSHOT'"   # from the bucket${
      near ? `\nssh ops@${first} "sudo k3s server --etcd-s3=false --cluster-reset --cluster-reset-restore-path=${k3sFiles.snapshots}/SNAPSHOT"   # or from ${near}` : ""
    }
ssh ops@${first} sudo systemctl start k3s
${others.map((name) => `ssh ops@${name} "sudo rm -rf /var/lib/rancher/k3s/server/db && sudo systemctl start k3s"`).join("\n")}
\`\`\`

It ends by saying that k3s may be started without these flags. On a machine that is new, Ansible sets k3s up first with the same token
(docs/infra.md, step 4): a snapshot opens with no other. Then look whether Argo CD finds anything to do; it repairs what git knows better.`,
  ]
    .join("\n\n")
    .trim()
    .concat("\n");
}
