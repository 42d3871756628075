import { lab } from "../../examples/hybrid/lab";
import type { Lab } from "../../engine/model/lab";
import { hostFlows } from "../../engine/model/host-flows";
import { resolve } from "../../engine/model/resolve";
import { infraFiles } from "../../infra/files";
import { stableUuid } from "../../infra/router/stable-uuid";
import { opnsense } from "./network-api/opnsense";
import { alias, rule } from "./network-api/opnsense-types";
import { faultsOf } from "./network-api/record-type";

type Fields = Readonly<Record<string, string>>;

const files = infraFiles(lab);
const json = (name: string) => JSON.parse(files.get(`infra/out/opnsense/${name}.json`) ?? "{}");
const aliases = Object.values(json("aliases").aliases.alias) as readonly Fields[];
const posts = json("requests").requests as readonly { readonly post: string; readonly body: Readonly<Record<string, Fields>> }[];
const rules = json("rules").rules as readonly Fields[];
const sentence = (it: Fields): string =>
  `${it["interface"]}: ${it["source_net"]} → ${it["destination_not"] === "1" ? "not " : ""}${it["destination_net"]} ${it["protocol"]}/${it["destination_port"]}`;
const csvOf = (all: readonly Fields[]): string => [Object.keys(all[0] ?? {}), ...all.map((it) => Object.values(it))].map((row) => row.join(";")).join("\n");
const sentences = rules.map(sentence);

test("OPNsense's own models take everything, in the order in which it is sent", () => {
  const router = opnsense(["wan", ...Object.values(lab.router!.interfaces)]);
  expect(router.answer("firewall/alias/import", { data: json("aliases") })).toEqual({ status: "ok" });
  expect(router.answer("firewall/filter/uploadRules", { payload: csvOf(rules) })).toMatchObject({ validations: [], inserted: rules.length });
  expect(posts.map(({ post, body }) => [post, router.answer(post, body)]).filter(([, answer]) => JSON.stringify(answer) !== '{"result":"saved"}')).toEqual([]);
  expect([router.kept("rule").length, router.kept("vlan").length, router.unknown]).toEqual([rules.length, 4, []]);
});

test("the models refuse what OPNsense would refuse", () => {
  expect(faultsOf({ ...aliases[0], name: "h-managers" }, alias)).toEqual(['name = "h-managers" is refused']);
  expect(faultsOf({ ...aliases[0], content: "10.0.0.0/33" }, alias)).toHaveLength(1);
  const { "@uuid": _, ...first } = rules[0]!;
  expect(faultsOf({ ...first, destination_net: "h_nobody" }, rule(["lan"], ["h_managers"]))).toEqual(['destination_net = "h_nobody" is refused']);
  expect(faultsOf({ ...first, port: "22" }, rule(["lan"], ["h_managers", "h_hosts"]))).toEqual(["port is unknown"]);
});

test("every declared flow between networks comes in where its sender stands, and nothing stays in its network", () => {
  expect(sentences).toContain("lan: h_managers → h_hosts TCP/22");
  expect(sentences).toContain("opt1: h_nodes_attic → h_host_nas TCP/7101");
  expect(sentences).toContain("opt2: h_lab → h_entry_attic TCP/443");
  expect(sentences.filter((it) => it.includes("h_nodes_attic → h_nodes_attic"))).toEqual([]);
});

test("no rule stands for a flow that nobody declared", () => {
  const declared = new Set(hostFlows(resolve(lab).world).map(({ ports, protocol }) => `${protocol}/${ports}`));
  const between = sentences.filter((it) => / → h_/.test(it) && !it.includes("h_private"));
  expect(between.filter((it) => !declared.has(it.split(" ").at(-1) ?? ""))).toEqual([]);
});

test("only networks that may call the internet do, and then nothing private", () => {
  expect(sentences.filter((it) => it.includes("h_private"))).toEqual([
    "lan: lan → not h_private any/",
    "opt1: opt1 → not h_private any/",
    "opt2: opt2 → not h_private any/",
  ]);
});

test("who comes through the tunnel, comes out of it: another house too", () => {
  expect(sentences).toContain("wireguard: h_lab → h_entry_attic TCP/443");
  expect(sentences).toContain("wan: any → (self) UDP/51820");
  expect(posts.flatMap(({ body }) => body["client"]?.["tunneladdress"] ?? [])).toEqual(["10.20.60.10/32", "10.20.60.20/32,10.30.0.0/24"]);
});

test("the network that the cable carries without a tag has no VLAN device, and every other one has", () => {
  expect(posts.flatMap(({ body }) => body["vlan"]?.["vlanif"] ?? [])).toEqual(["vlan0.20", "vlan0.30", "vlan0.40", "vlan0.50"]);
});

test("every name of a cluster leads to its one way in", () => {
  expect(posts.map(({ body }) => body["host"]).find((it) => it?.["hostname"] === "*")).toMatchObject({ domain: "attic.hybrid.example", server: "10.20.20.13", addptr: "0" });
});

test("a rule keeps its id while it means the same, and no two share one", () => {
  const idsOf = (it: Lab) => JSON.parse(infraFiles(it).get("infra/out/opnsense/rules.json") ?? "{}").rules.map((one: Fields) => one["@uuid"]) as readonly string[];
  const ids = [...idsOf(lab), ...posts.map(({ post }) => post.split("/").at(-1))];
  expect(new Set(ids).size).toBe(ids.length);
  expect(idsOf({ ...lab, domain: "elsewhere.example" })).toEqual(idsOf(lab));
  expect(stableUuid("x")).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-a[0-9a-f]{3}-[0-9a-f]{12}$/);
});

test("a lab without such a router gets nothing for one", () => {
  const { router: _, ...without } = lab;
  expect([...infraFiles(without).keys()].filter((path) => path.includes("opnsense"))).toEqual([]);
});
