import { arrayOf } from "../../checks/manifests/violations";
import { plainSelector } from "../../model/cilium-selector";
import { fieldOf, type Manifest } from "../../model/manifest";
import { isOfNamespaces, namespaceLabels } from "./cilium-policy";

/** What the proof does not read of a CiliumNetworkPolicy, each with its place: it may open or close more than is counted. */
export const unreadIn = ({ apiVersion: _a, kind: _k, metadata: _m, spec, ...others }: Manifest): readonly string[] => [
  ...Object.keys(others),
  ...unknown(spec, "spec", { endpointSelector: selector, ingress: each(rule("from")), egress: each(rule("to")), description: anything }),
];

/** What is not read of a value at a place. */
type Reader = (value: unknown, at: string) => readonly string[];

const anything: Reader = () => [];
const each = (read: Reader): Reader => (list, at) => arrayOf(list).flatMap((it, index) => read(it, `${at}.${index}`));
const only = (read: (value: unknown) => boolean): Reader => (value, at) => (read(value) ? [] : [`${at} = ${JSON.stringify(value)}`]);

const unknown = (value: unknown, at: string, fields: Readonly<Record<string, Reader>>): readonly string[] =>
  Object.entries(value ?? {}).flatMap(([key, inner]) => fields[key]?.(inner, `${at}.${key}`) ?? [`${at}.${key}`]);

const object = (fields: Readonly<Record<string, Reader>>): Reader => (value, at) => unknown(value, at, fields);

/** Labels that Cilium gives, rather than somebody to a pod; a label said twice; and namespaces that are only ruled out: whoever is in none is meant, too. */
const selector = only((it) => {
  const { matchLabels, matchExpressions } = plainSelector(it);
  const said = [...Object.keys(matchLabels), ...matchExpressions.filter(({ operator }) => operator === "In" || operator === "Exists").map(({ key }) => key)];
  const ruledOut = matchExpressions.map(({ key }) => key).filter((key) => !said.includes(key));
  const given = [...said, ...ruledOut].some((key) => key.includes(":") || (key.startsWith("io.cilium.") && !key.startsWith(namespaceLabels)));
  return !given && !isSaidTwice(it) && (said.some(isOfNamespaces) || !ruledOut.some(isOfNamespaces));
});

/** To Cilium, `role` is `any:role`. Of two values it keeps one, and which is up to chance: pkg/policy/api/selector.go fills a map in the order of another. */
function isSaidTwice(selector: unknown): boolean {
  const keys = Object.keys(fieldOf(selector, "matchLabels") ?? {}).map((key) => key.replace(/^any:/, ""));
  return new Set(keys).size < keys.length;
}

/** A pod's own node and the others are one to us: nobody says on which node a pod stands. */
const entities = only((list) => arrayOf(list).every((it) => ["host", "remote-node", "kube-apiserver"].includes(String(it))) && arrayOf(list).includes("host") === arrayOf(list).includes("remote-node"));

/** Every question may be asked, or what may be learned from the answers is not known. */
const questions = only((list) => JSON.stringify(list) === '[{"matchPattern":"*"}]');

function rule(side: "from" | "to"): Reader {
  const fields: Readonly<Record<string, Reader>> = {
    [`${side}Endpoints`]: each(selector),
    [`${side}Entities`]: entities,
    [`${side}CIDR`]: anything,
    [`${side}CIDRSet`]: each(object({ cidr: anything, except: anything })),
    ...(side === "to" ? { toFQDNs: each(object({ matchName: anything, matchPattern: anything })) } : {}),
  };
  const toPorts = each(object({ ports: each(object({ port: anything, endPort: anything, protocol: only((it) => ["TCP", "UDP", "SCTP", "ANY"].includes(String(it))) })), rules: object({ dns: questions }) }));
  return (value, at) => {
    const named = Object.keys(value ?? {}).filter((key) => key in fields);
    return [...unknown(value, at, { ...fields, toPorts }), ...(named.length > 1 ? [`${at} with ${named.join(" and ")}`] : [])];
  };
}
