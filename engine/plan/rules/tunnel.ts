import { load } from "js-yaml";
import { fieldOf, type Manifest } from "../../model/manifest";
import type { Rule, Verdict } from "../change";
import { listAt } from "../list-at";

/** What a tunnel of cloudflared lets in from the internet, by host name: config/configuration.go at 2026.8.2. */
export const tunnel: Rule = {
  name: "tunnel",
  judge: ({ kind, before, after, fate }) => {
    if (kind !== "ConfigMap" || (fate !== "apply" && fate !== "create") || !after) return [];
    const [was, is] = [hostsOf(before), hostsOf(after)];
    return [...[...is].flatMap(([host, rule]) => ofHost(host, was.get(host), rule)), ...left([...was.keys()].filter((host) => !is.has(host)))];
  },
};

const left = (gone: readonly string[]): readonly Verdict[] => (gone.length ? [{ effect: "outage", field, says: `from the internet, ${gone.join(", ")} ${gone.length === 1 ? "is" : "are"} reached no more` }] : []);

/** Only of a file that is a tunnel's: a list of rules that ends with one for whatever is left. */
function hostsOf(map: Manifest | undefined): ReadonlyMap<string, unknown> {
  const text = fieldOf(map, "data", "config.yaml");
  const rules = typeof text === "string" && text.includes("http_status:") ? listAt(load(text), "ingress") : [];
  return new Map(rules.flatMap((rule): readonly (readonly [string, unknown])[] => (fieldOf(rule, "hostname") === undefined ? [] : [[String(fieldOf(rule, "hostname")), rule]])));
}

const field = `data."config.yaml"`;
const accessOf = (rule: unknown): unknown => fieldOf(rule, "originRequest", "access");
const asks = (rule: unknown): boolean => fieldOf(accessOf(rule), "required") === true;

function ofHost(host: string, was: unknown, is: unknown): readonly Verdict[] {
  const access = `Cloudflare Access of ${String(fieldOf(accessOf(is), "teamName"))}`;
  if (was === undefined) return [{ effect: "live change", field, opens: true, says: `from the internet, ${asks(is) ? `whom ${access} lets in` : "everybody"} reaches ${host}` }];
  if (asks(was) && !asks(is)) return [{ effect: "live change", field, opens: true, says: `from the internet, everybody reaches ${host}: nobody asks any more who they are` }];
  if (!asks(was) && asks(is)) return [{ effect: "live change", field, says: `from the internet, only whom ${access} lets in reaches ${host}` }];
  const verdicts: readonly (Verdict | undefined)[] = [
    asks(is) && JSON.stringify(accessOf(was)) !== JSON.stringify(accessOf(is)) ? { effect: "outage", field, says: `${host}: another application of ${access} has to let people in, and whoever the old one let in is refused` } : undefined,
    fieldOf(was, "service") !== fieldOf(is, "service") ? { effect: "live change", field, opens: true, says: `from the internet, ${host} leads to ${String(fieldOf(is, "service"))}` } : undefined,
  ];
  return verdicts.filter((it) => it !== undefined);
}
