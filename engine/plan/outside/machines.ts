import type { Context, Neighbourhood, Verdict } from "../change";
import { fieldChanges, type FieldChange } from "../field-change";
import { inventoryVerdicts } from "./inventory";
import { nodeVerdicts } from "./k3s";
import { onceApplied, type OutsideChange } from "./outside-change";
import { routerVerdicts, switchVerdicts } from "./site";

/** A file on both sides: parsed where it is YAML or JSON, else its text. */
interface FileChange {
  readonly parts: readonly string[];
  readonly before: unknown;
  readonly after: unknown;
  readonly fields: readonly FieldChange[];
}

interface Kind {
  readonly files: RegExp;
  readonly address: (parts: readonly string[]) => string;
  /** Where it has nothing to say, the file just holds from the next time on. */
  readonly judge: (change: FileChange, after: Neighbourhood) => readonly Verdict[];
}

const kinds: readonly Kind[] = [
  {
    files: /^infra\/out\/kind\/(.+)\.yaml$/,
    address: ([cluster = ""]) => `${cluster}/kind`,
    judge: () => [{ effect: "data at risk", says: "Kind changes no cluster: it is deleted and made anew to get there, and volumes on its nodes with it; until then it stays as it is" }],
  },
  { files: /^infra\/out\/k3s\/([^/]+)\/(.+)\.yaml$/, address: ([cluster = "", node = ""]) => `${cluster}/${node}`, judge: ({ parts: [cluster = ""], ...change }, after) => nodeVerdicts({ cluster, ...change }, after) },
  { files: /^infra\/out\/dns\/(.+)$/, address: () => "infra/dns", judge: ({ before, after }) => [names(String(before), String(after))] },
  { files: /^infra\/out\/ansible\/inventory\.yaml$/, address: () => "infra/ansible", judge: ({ before, after }) => inventoryVerdicts(before, after) },
  { files: /^infra\/out\/opnsense\/rules\.json$/, address: () => "infra/opnsense", judge: ({ before, after }) => routerVerdicts(before, after) },
  { files: /^infra\/out\/omada\/site\.json$/, address: () => "infra/omada", judge: ({ before, after }) => switchVerdicts(before, after) },
  { files: /^infra\/out\/([^/]+)\/.+$/, address: ([tool = ""]) => `infra/${tool}`, judge: () => [] },
];

const ordinary: Verdict = { effect: "live change", says: onceApplied };

/** Configuration of machines, networks and names: it holds when somebody brings it there. */
export function machineChanges({ before: { side: before }, after: neighbourhood }: Context): readonly OutsideChange[] {
  const after = neighbourhood.side;
  const paths = [...new Set([...before.tree.keys(), ...after.tree.keys()])].filter((path) => path.startsWith("infra/out/") && !path.endsWith("/cdk.tf.json")).sort();
  return paths.flatMap((path): readonly OutsideChange[] => {
    const [old, now] = [before.tree.get(path), after.tree.get(path)];
    if (old === now) return [];
    const kind = kinds.find(({ files }) => files.test(path))!;
    const parts = (kind.files.exec(path) ?? []).slice(1);
    const isParsed = /\.(yaml|json)$/.test(path);
    const [was, is] = isParsed ? [before.value(path), after.value(path)] : [old, now];
    // Of a JSON file, which is sent whole, the lines tell more than the fields.
    const fields = path.endsWith(".yaml") ? fieldChanges(was, is) : [{ path: [], before: old, after: now }];
    const said = old === undefined || now === undefined ? [] : kind.judge({ parts, before: was, after: is, fields }, neighbourhood);
    const verdicts: readonly Verdict[] = old === undefined ? [{ effect: "live change", says: "is new" }] : now === undefined ? [gone(path)] : said.length ? said : [ordinary];
    return [{ address: kind.address(parts), object: path, path, fields, how: old === undefined ? "added" : now === undefined ? "removed" : "changed", verdicts: verdicts.map((verdict) => ({ ...verdict, rule: "machine" })) }];
  });
}

const gone = (path: string): Verdict => ({
  effect: "live change",
  says: path.startsWith("infra/out/k3s/") ? "is written no more: the node stays in its cluster, with its pods and volumes, until somebody drains and deletes it (kubectl drain, kubectl delete node); volumes on its own disk do not move" : "is written no more; what was made from it stays",
});

/** Lines of unbound's configuration that say a name's address. */
function names(before: string, after: string): Verdict {
  const records = (text: string) => new Map([...text.matchAll(/local-data: "(\S+?)\.? .*IN A (\S+)"/g)].map(([, name = "", address = ""]) => [name, address]));
  const [was, is] = [records(before), records(after)];
  const lost = [...was.keys()].filter((name) => !is.has(name));
  const moved = [...was].filter(([name, address]) => is.has(name) && is.get(name) !== address).map(([name]) => name);
  if (lost.length) return { effect: "outage", says: `once the router reads it, ${lost.join(", ")} ${lost.length === 1 ? "leads" : "lead"} nowhere` };
  return { effect: "live change", says: moved.length ? `once the router reads it, ${moved.join(", ")} ${moved.length === 1 ? "has" : "have"} another address` : "names are added" };
}
