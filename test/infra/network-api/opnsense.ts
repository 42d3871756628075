import { alias, client, host, rule, vlan } from "./opnsense-types";
import { faultsOf, type RecordType } from "./record-type";

type Fields = Readonly<Record<string, unknown>>;

/** Version 4: Base/FieldTypes/ArrayField.php takes no other. */
const isUuid = (text: string): boolean => /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/.test(text);

/** A router's memory: what its API was told, by the calls that OPNsense's controllers have, checked as its models check. */
export interface Opnsense {
  /** Answers a call below `/api/`. */
  readonly answer: (path: string, body: Fields) => unknown;
  /** What is kept of one kind: `rule`, `vlan`. */
  readonly kept: (kind: string) => readonly Fields[];
  readonly applied: readonly string[];
  /** Calls that it does not have. */
  readonly unknown: readonly string[];
}

/** @param interfaces OPNsense's own names for its interfaces */
export function opnsense(interfaces: readonly string[]): Opnsense {
  const kept = new Map<string, Map<string, Fields>>();
  const of = (kind: string): Map<string, Fields> => kept.get(kind) ?? kept.set(kind, new Map()).get(kind)!;
  const names = (): readonly string[] => [...of("alias").values()].map((it) => String(it["name"]));
  const setters: Readonly<Record<string, readonly [kind: string, type: () => RecordType]>> = {
    "interfaces/vlan_settings/setItem": ["vlan", () => vlan],
    "unbound/settings/setHostOverride": ["host", () => host],
    "wireguard/client/setClient": ["client", () => client],
  };
  const applied: string[] = [];
  const unknown: string[] = [];

  const importAliases = (data: unknown): unknown => {
    const given = Object.entries((data as { readonly aliases?: { readonly alias?: Readonly<Record<string, Fields>> } }).aliases?.alias ?? {});
    const validations = given.flatMap(([uuid, it]) => faultsOf(it, alias).map((fault) => [uuid, fault]));
    if (given.length === 0 || validations.length) return { status: "failed", validations };
    for (const [, it] of given) of("alias").set(String(it["name"]), it);
    return { status: "ok" };
  };

  /** Base/ApiMutableModelControllerBase.php, importCsv: the first line names the fields; what is refused is told, the rest kept. */
  const upload = (payload: string): unknown => {
    const [heading = [], ...lines] = payload.trim().split("\n").map((line) => line.split(";").map((cell) => cell.replace(/^"(.*)"$/, "$1").replaceAll('""', '"')));
    const validations = lines.flatMap((line, sequence) => {
      const { "@uuid": uuid = "", ...fields } = Object.fromEntries(heading.map((name, index) => [name, line[index] ?? ""]));
      const faults = isUuid(uuid) ? faultsOf(fields, rule(interfaces, names())) : [`${uuid} is no id`];
      if (faults.length === 0) of("rule").set(uuid, { ...fields, uuid });
      return faults.map((message) => ({ sequence, message }));
    });
    return { validations, inserted: lines.length - validations.length };
  };

  const answer = (path: string, body: Fields): unknown => {
    const [area, thing, verb, uuid] = path.split("/");
    const call = [area, thing, verb].join("/");
    const setter = setters[call];
    if (setter && uuid !== undefined) {
      const [kind, type] = setter;
      const given = body[kind];
      if (!isUuid(uuid) || typeof given !== "object" || given === null)
        return { result: "failed" };
      const faults = faultsOf(given as Fields, type());
      if (faults.length) return { result: "failed", validations: faults };
      of(kind).set(uuid, { ...given, uuid });
      return { result: "saved" };
    }
    if (call === "firewall/alias/import") return importAliases(body["data"]);
    if (call === "firewall/filter/uploadRules") return upload(String(body["payload"]));
    if (call === "firewall/filter/searchRule") return { rows: [...of("rule").values()] };
    if (call === "firewall/filter/delRule") return { result: of("rule").delete(uuid ?? "") ? "deleted" : "not found" };
    if (/\/(reconfigure|apply)$/.test(call)) {
      applied.push(call);
      return { status: "ok" };
    }
    unknown.push(path);
    return { errorMessage: "Endpoint not found" };
  };
  return { answer, kept: (kind) => [...of(kind).values()], applied, unknown };
}
