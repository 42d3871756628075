import { cloudflared } from "../../apps/cloudflared/cloudflared";
import { cloudflareTunnel } from "../../apps/cloudflared/provides";
import { internetRunbook } from "../../apps/cloudflared/runbook";
import { flowsOf } from "../../engine/model/flow";
import { fieldOf } from "../../engine/model/manifest";
import type { Endpoint } from "../../engine/model/needs";
import { hostFlows } from "../../engine/model/host-flows";
import { place, type Placement } from "../../engine/model/placement";
import { podTemplateOf } from "../../engine/model/pod-template";
import { resolve, type World } from "../../engine/model/resolve";
import { appOf, clusterOf, labOf, worldOf } from "../lab-of";
import { fieldIn, objectOf } from "./monitoring";

const app = (name: string, exposes: Readonly<Record<string, Endpoint>>): Placement => place(appOf({ name, needs: { exposes } }));

const chat = app("chat", { web: { port: 8080, scheme: "http", reach: "internet", enter: ["friends"] }, admin: { port: 9000, scheme: "http", reach: "lan", host: "chat-admin" } });
const blog = app("blog", { web: { port: 8443, scheme: "https", reach: "internet", enter: "everyone" } });
const wiki = app("wiki", { web: { port: 8000, scheme: "http", reach: "lan" } });

const people = [
  { name: "ada", email: "ada@test.example", groups: ["admins", "friends"] },
  { name: "linus", email: "linus@test.example", groups: ["developers"] },
];
const internet = cloudflareTunnel({ team: "house", audiences: { "chat.one.test.example": "0123" } });
const world = (): World => worldOf({ people, clusters: [clusterOf({ provides: { internet }, runs: [place(cloudflared), chat, blog, wiki] })] });

const rules = (): unknown => fieldOf(JSON.parse(String(fieldIn(world(), "cloudflared", "ConfigMap/cloudflared-config", "data", "config.yaml"))), "ingress");

test("what reaches the internet is published by name, and nothing else is there", () => {
  expect(rules()).toEqual([
    { hostname: "chat.one.test.example", service: "http://chat.chat.svc.cluster.local:8080", originRequest: { access: { required: true, teamName: "house", audTag: ["0123"] } } },
    { hostname: "blog.one.test.example", service: "https://blog.blog.svc.cluster.local:8443", originRequest: { noTLSVerify: true } },
    { service: "http_status:404" },
  ]);
});

test("policies let the tunnel's pods reach what is published, on both sides, and nothing else", () => {
  const it = world();
  const between = it.releases.map((release) => flowsOf(release, it).flatMap(({ from, to, port }) => (from.kind === "pods" && from.release === "one/cloudflared" && to.kind === "pods" ? [`${to.release} ${port}`] : [])));
  expect(between).toEqual([["one/chat 8080", "one/blog 8443"], ["one/chat 8080"], ["one/blog 8443"], []]);
});

test("the house's firewall opens nothing to the internet for what a tunnel carries", () => {
  const fromInternet = (it: World) => hostFlows(it).filter(({ from }) => from.kind === "internet").map(({ ports }) => ports);
  expect(fromInternet(world())).toEqual([]);
  expect(fromInternet(worldOf({ clusters: [clusterOf({ runs: [blog] })] }))).toEqual(["443", "80"]);
});

test("the token is a file that only the process reads, and the pod has no rights in the cluster", () => {
  const spec = podTemplateOf(objectOf(world(), "cloudflared", "Deployment/cloudflared"))?.spec;
  expect(spec?.containers[0]?.args).toContain("--token-file=/etc/cloudflared/token/value");
  expect(JSON.stringify(spec?.containers[0]?.args)).not.toContain("--token=");
  expect(spec).toMatchObject({ automountServiceAccountToken: false, securityContext: { runAsNonRoot: true } });
});

test("the runbook says who may enter where, by name", () => {
  const it = world();
  const text = internetRunbook(it, it.lab.clusters[0]!, "one-cloudflared-token");
  expect(text).toContain("| chat.one.test.example | one/chat | ada@test.example |");
  expect(text).toContain("| blog.one.test.example | one/blog | everyone |");
  expect(text).not.toContain("wiki");
});

test("a tunnel that no cluster provides the internet with is a finding", () => {
  const rulesOf = (provides: object) => resolve(labOf({ clusters: [clusterOf({ provides, runs: [place(cloudflared)] })] })).findings.map(({ rule }) => rule);
  expect(rulesOf({})).toEqual(["tunnel-used"]);
  expect(rulesOf({ internet })).toEqual([]);
});
