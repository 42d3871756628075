import { selectorMatches } from "../../engine/checks/manifests/selector-matches";
import type { Manifest } from "../../engine/model/manifest";
import { appOf, builtFrom } from "../lab-of";
import { deployment, labels, object } from "./objects";

const made = { component: "server", labels: { role: "server" }, count: 1, requests: { cpu: "1", memory: "1Gi" } } as const;
const found = (...manifests: readonly Manifest[]) =>
  selectorMatches(builtFrom(manifests, appOf({ makes: [made] })).built).map((it) => it.found.split(" ")[0]);
const policy = (podSelector: object) => ({ ...object("NetworkPolicy", "p", { spec: { podSelector } }), apiVersion: "networking.k8s.io/v1" });

test("a constraint that spreads other pods than its own is found", () => {
  const spread = (component: string) => deployment({ pod: { topologySpreadConstraints: [{ labelSelector: { matchLabels: { "app.kubernetes.io/component": component } } }] } });
  expect(selectorMatches(builtFrom([spread("app")]).built)).toEqual([]);
  expect(selectorMatches(builtFrom([spread("web")]).built)).toMatchObject([{ found: expect.stringContaining("Deployment/app is spread by app.kubernetes.io/component=web, which its own pods are not") }]);
});

test("a workload that misses its own pods is found", () => {
  expect(found(deployment({ spec: { selector: { matchLabels: { app: "other" } } } }))).toEqual(["Deployment/app"]);
});

test("Services, budgets, policies and monitors that select nothing are found", () => {
  const nothing = { selector: { matchLabels: { app: "gone" } } };
  const service = object("Service", "s", { spec: { selector: { app: "gone" } } });
  expect(
    found(
      deployment(),
      service,
      object("PodDisruptionBudget", "b", { spec: nothing }),
      policy({ matchLabels: { app: "gone" } }),
      object("ServiceMonitor", "m", { spec: nothing }),
    ),
  ).toHaveLength(4);
});

test("a policy in Cilium's words selects some pod, too", () => {
  const inCilium = (endpointSelector: object) => ({ ...object("CiliumNetworkPolicy", "p", { spec: { endpointSelector } }), apiVersion: "cilium.io/v2" });
  expect(found(deployment({ labels: { tier: "web" } }), inCilium({ matchLabels: { "k8s:tier": "web" } }), inCilium({}), inCilium({ matchExpressions: [{ key: "any:role", operator: "Exists" }] }))).toEqual([]);
  expect(found(deployment(), inCilium({ matchLabels: { "k8s:app": "gone" } }))).toEqual(["CiliumNetworkPolicy/p"]);
});

test("expressions are read as Kubernetes reads them", () => {
  const where = (operator: string, key: string, values: readonly string[] = []) => policy({ matchExpressions: [{ key, operator, values }] });
  expect(
    found(
      deployment({ labels: { tier: "web" } }),
      where("In", "tier", ["web"]),
      where("NotIn", "role", ["server"]),
      where("Exists", "tier"),
      where("DoesNotExist", "tier"),
    ),
  ).toEqual([]);
  expect(found(deployment({ labels: { tier: "web" } }), where("In", "tier", ["db"]), where("Exists", "zone"))).toHaveLength(2);
});

test("pods of the release, pods that a controller makes, and every pod at once are something", () => {
  const services = [
    object("Service", "s", { spec: { selector: labels } }),
    object("Service", "made", { spec: { selector: { role: "server" } } }),
    object("Service", "foreign", { spec: {} }),
  ];
  expect(found(deployment(), ...services, policy({}))).toEqual([]);
});

test("a Service may select the active one of a pair by the label that its controller gives it", () => {
  const service = object("Service", "s", { spec: { selector: { role: "server", turn: "active" } } });
  const app = appOf({ makes: [made], needs: { exposes: { web: { port: 80, scheme: "http", reach: "cluster", component: "server", only: { turn: "active" } } } } });
  expect(selectorMatches(builtFrom([service], app).built)).toEqual([]);
  expect(found(service)).toEqual(["Service/s"]);
});
