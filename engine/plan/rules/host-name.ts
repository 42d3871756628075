import { fieldOf, type Manifest } from "../../model/manifest";
import type { Rule, Verdict } from "../change";
import { listAt, textsAt } from "../list-at";

/** Host names that people and other releases use. */
export const hostName: Rule = {
  name: "host-name",
  judge: ({ kind, before, after, fate }) => {
    if (kind !== "Ingress" || fate !== "apply" || !before || !after) return [];
    const gone = hostsOf(before).filter((host) => !hostsOf(after).includes(host));
    const come = hostsOf(after).filter((host) => !hostsOf(before).includes(host));
    const lost: readonly Verdict[] = gone.length ? [{ effect: "outage", field: "spec.rules", says: `${gone.join(", ")} ${gone.length === 1 ? "leads" : "lead"} nowhere${come.length ? `; ${come.join(", ")} ${come.length === 1 ? "takes" : "take"} over, once its name and certificate are there` : ""}` }] : [];
    return [...lost, ...moved(before, after), ...otherClass(before, after)];
  },
};

const hostsOf = (manifest: Manifest): readonly string[] => listAt(manifest, "spec", "rules").flatMap((rule) => String(fieldOf(rule, "host") ?? "*"));

const pathsOf = (manifest: Manifest): readonly string[] =>
  listAt(manifest, "spec", "rules").flatMap((rule) => listAt(rule, "http", "paths").map((path) => `${String(fieldOf(rule, "host") ?? "*")}${String(fieldOf(path, "path") ?? "/")}`));

function moved(before: Manifest, after: Manifest): readonly Verdict[] {
  const kept = hostsOf(after);
  const gone = pathsOf(before).filter((path) => !pathsOf(after).includes(path) && kept.some((host) => path.startsWith(host)));
  return gone.length ? [{ effect: "outage", field: "spec.rules", says: `${gone.join(", ")} ${gone.length === 1 ? "leads" : "lead"} nowhere` }] : [];
}

function otherClass(before: Manifest, after: Manifest): readonly Verdict[] {
  const [was, is] = [before, after].map((it) => fieldOf(it, "spec", "ingressClassName"));
  return was === is ? [] : [{ effect: "outage", field: "spec.ingressClassName", says: `${textsAt([hostsOf(after)], 0).join(", ")} moves from the addresses of ${String(was)} to those of ${String(is)}` }];
}
