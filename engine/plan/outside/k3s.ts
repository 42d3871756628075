import { fieldOf } from "../../model/manifest";
import type { Neighbourhood, Verdict } from "../change";
import { comeAndGone } from "../come-and-gone";
import type { FieldChange } from "../field-change";
import { textsAt } from "../list-at";

/** A node's configuration on both sides. */
export interface NodeChange {
  readonly cluster: string;
  readonly before: unknown;
  readonly after: unknown;
  readonly fields: readonly FieldChange[];
}

/**
 * What k3s reads once, when a cluster or a node begins: it starts with another value no more, or beside what runs.
 * https://docs.k3s.io/cli/server: "data", "networking" and "cluster options", each to be the same on all servers.
 */
const onlyAtFirst: readonly string[] = ["cluster-cidr", "service-cidr", "cluster-dns", "cluster-domain", "flannel-backend", "data-dir", "datastore-endpoint", "node-name"];

/** Of those, what leaves the cluster's own state and volumes behind. */
const withAllItHolds: ReadonlySet<string> = new Set(["cluster-cidr", "service-cidr", "data-dir", "datastore-endpoint"]);

/** What becomes of a node when the playbook brings it another configuration. */
export function nodeVerdicts(change: NodeChange, after: Neighbourhood): readonly Verdict[] {
  const { fields } = change;
  const became = isServer(change.before) !== isServer(change.after);
  if (became) return [otherRole(isServer(change.after))];
  const fixed = onlyAtFirst.filter((key) => fields.some(({ path }) => path[0] === key));
  if (fixed.length) return [{ effect: fixed.some((key) => withAllItHolds.has(key)) ? "data at risk" : "outage", field: fixed[0] ?? "", says: `k3s takes ${fixed.join(", ")} only where a cluster or a node begins: one that runs does not start with another value, and has to be made anew to get there` }];
  return [...moved(change), ...marked(change, after), { effect: "restart", says: "k3s starts again on the node when the playbook is run; pods go on meanwhile" }];
}

/** Only servers say what the cluster's networks are. */
const isServer = (config: unknown): boolean => fieldOf(config, "cluster-cidr") !== undefined;

/** https://docs.k3s.io/installation/uninstall: local volumes stand in the data directory, which goes. */
const otherRole = (server: boolean): Verdict => ({
  effect: "data at risk",
  field: "cluster-cidr",
  says: `${server ? "an agent becomes a server" : "a server becomes an agent"} only by leaving the cluster, being uninstalled and joining anew: volumes on its own disk go along`,
});

/** https://github.com/k3s-io/k3s/issues/5991, and the way there: https://github.com/k3s-io/k3s/issues/10362 */
const moved = ({ after, fields }: NodeChange): readonly Verdict[] =>
  isServer(after) && fields.some(({ path }) => path[0] === "node-ip")
    ? [{ effect: "outage", field: "node-ip", says: "etcd knows this server by its old address, and k3s does not start there at the new one: take it out of the cluster (kubectl delete node), remove its etcd files, and join it anew, one server after another" }]
    : [];

/**
 * k3s gives a node its labels and taints when it joins, and never again: https://docs.k3s.io/cli/agent#node-labels-and-taints-for-agents.
 * The proof that everything has room reads them as the lab says.
 */
function marked({ cluster, before, after, fields }: NodeChange, neighbourhood: Neighbourhood): readonly Verdict[] {
  const differs = (key: string) => fields.some(({ path }) => path[0] === key);
  const taints = comeAndGone(textsAt(before, "node-taint"), textsAt(after, "node-taint"));
  const asking = askers(comeAndGone(textsAt(before, "node-label"), textsAt(after, "node-label")).come, cluster, neighbourhood);
  const verdicts: readonly (Verdict | undefined)[] = [
    differs("node-label")
      ? { effect: asking.length ? "outage" : "live change", field: "node-label", says: `a node that has joined keeps the labels that it has until somebody changes them (kubectl label node)${asking.length ? `, and pods of ${asking.join(", ")}, which ask for the new ones, wait` : ""}` }
      : undefined,
    differs("node-taint")
      ? { effect: taints.gone.length ? "outage" : "live change", field: "node-taint", says: `a node that has joined keeps the taints that it has until somebody changes them (kubectl taint node)${taints.gone.length ? `: pods that do not tolerate ${taints.gone.join(", ")} find no place there meanwhile` : ""}` }
      : undefined,
  ];
  return verdicts.filter((it) => it !== undefined);
}

/** Releases with an object that names one of these labels and its value, wherever a selector of nodes stands in it. */
function askers(labels: readonly string[], cluster: string, { objectsOn }: Neighbourhood): readonly string[] {
  if (labels.length === 0) return [];
  const words = labels.map((label) => label.split("=")).flatMap(([key = "", value = ""]) => [`${JSON.stringify(key)}:${JSON.stringify(value)}`, `{"key":${JSON.stringify(key)},"operator":"In","values":${JSON.stringify([value])}`]);
  return [...new Set(objectsOn(cluster).filter(({ manifest }) => words.some((word) => JSON.stringify(manifest["spec"] ?? {}).includes(word))).map(({ address }) => address))].sort();
}

