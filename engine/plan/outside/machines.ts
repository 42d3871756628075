import type { Verdict } from "../change";
import { fieldChanges, type FieldChange } from "../field-change";
import type { Side } from "../side";
import type { OutsideChange } from "./outside-change";

interface Kind {
  readonly files: RegExp;
  readonly address: (parts: readonly string[]) => string;
  readonly judge: (before: string, after: string, fields: readonly FieldChange[]) => Verdict;
}

/**
 * What k3s reads once, when a cluster or a node begins: it starts with another value no more, or beside what runs.
 * https://docs.k3s.io/cli/server: "data", "networking" and "cluster options", each to be the same on all servers.
 */
const onlyAtFirst: readonly string[] = ["cluster-cidr", "service-cidr", "cluster-dns", "cluster-domain", "flannel-backend", "data-dir", "datastore-endpoint", "node-name"];

/** Of those, what leaves the cluster's own state and volumes behind. */
const withAllItHolds: ReadonlySet<string> = new Set(["cluster-cidr", "service-cidr", "data-dir", "datastore-endpoint"]);

function restarted(_before: string, _after: string, fields: readonly FieldChange[]): Verdict {
  const fixed = onlyAtFirst.filter((key) => fields.some(({ path }) => path[0] === key));
  return fixed.length
    ? { effect: fixed.some((key) => withAllItHolds.has(key)) ? "data at risk" : "outage", field: fixed[0] ?? "", says: `k3s takes ${fixed.join(", ")} only where a cluster or a node begins: one that runs does not start with another value, and has to be made anew to get there` }
    : { effect: "restart", says: "k3s starts again on the node when the playbook is run; pods go on meanwhile" };
}

const kinds: readonly Kind[] = [
  {
    files: /^infra\/out\/kind\/(.+)\.yaml$/,
    address: ([cluster = ""]) => `${cluster}/kind`,
    judge: () => ({ effect: "data at risk", says: "Kind changes no cluster: it is deleted and made anew to get there, and volumes on its nodes with it; until then it stays as it is" }),
  },
  { files: /^infra\/out\/k3s\/([^/]+)\/(.+)\.yaml$/, address: ([cluster = "", node = ""]) => `${cluster}/${node}`, judge: restarted },
  { files: /^infra\/out\/dns\/(.+)$/, address: () => "infra/dns", judge: (before, after) => names(before, after) },
  { files: /^infra\/out\/([^/]+)\/.+$/, address: ([tool = ""]) => `infra/${tool}`, judge: () => ({ effect: "live change", says: "it holds from the next time that somebody applies it" }) },
];

/** Configuration of machines, networks and names: it holds when somebody brings it there. */
export function machineChanges(before: Side, after: Side): readonly OutsideChange[] {
  const paths = [...new Set([...before.tree.keys(), ...after.tree.keys()])].filter((path) => path.startsWith("infra/out/") && !path.endsWith("/cdk.tf.json")).sort();
  return paths.flatMap((path): readonly OutsideChange[] => {
    const [was, is] = [before.tree.get(path), after.tree.get(path)];
    if (was === is) return [];
    const kind = kinds.find(({ files }) => files.test(path))!;
    const address = kind.address((kind.files.exec(path) ?? []).slice(1));
    const fields = path.endsWith(".yaml") ? fieldChanges(before.value(path), after.value(path)) : [{ path: [], before: was, after: is }];
    const verdict: Verdict = was === undefined ? { effect: "live change", says: "is new" } : is === undefined ? { effect: "live change", says: "is written no more; what was made from it stays" } : kind.judge(was, is, fields);
    return [{ address, object: path, path, fields, how: was === undefined ? "added" : is === undefined ? "removed" : "changed", verdicts: [{ ...verdict, rule: "machine" }] }];
  });
}

/** Lines of unbound's configuration that say a name's address. */
function names(before: string, after: string): Verdict {
  const records = (text: string) => new Map([...text.matchAll(/local-data: "(\S+?)\.? .*IN A (\S+)"/g)].map(([, name = "", address = ""]) => [name, address]));
  const [was, is] = [records(before), records(after)];
  const gone = [...was.keys()].filter((name) => !is.has(name));
  const moved = [...was].filter(([name, address]) => is.has(name) && is.get(name) !== address).map(([name]) => name);
  if (gone.length) return { effect: "outage", says: `once the router reads it, ${gone.join(", ")} ${gone.length === 1 ? "leads" : "lead"} nowhere` };
  return { effect: "live change", says: moved.length ? `once the router reads it, ${moved.join(", ")} ${moved.length === 1 ? "has" : "have"} another address` : "names are added" };
}
