import { objectNamed } from "../../engine/checks/manifests/object-named";
import type { Made } from "../../engine/model/makes";
import type { Manifest } from "../../engine/model/manifest";
import { appOf, builtFrom } from "../lab-of";
import { object } from "./objects";

const foundWith = (makes: readonly Made[], ...objects: readonly Manifest[]) => objectNamed(builtFrom(objects, appOf({ makes })).built).map((it) => it.found);
const found = (...objects: readonly Manifest[]) => foundWith([], ...objects);
const custom = (group: string, kind: string, spec: object): Manifest => ({ ...object(kind, "it"), apiVersion: `${group}/v1`, spec });
const account = object("ServiceAccount", "runner");

const binding = (role: string, subject: string, namespace = "app"): Manifest =>
  object("RoleBinding", "runner", { apiVersion: "rbac.authorization.k8s.io/v1", roleRef: { kind: "Role", name: role }, subjects: [{ kind: "ServiceAccount", name: subject, namespace }] });

test("a binding names a role and an account that are there", () => {
  const role = object("Role", "runner");
  expect(found(binding("runner", "runner"), role, account)).toEqual([]);
  expect(found(binding("ruler", "runer"), role, account)).toEqual(["RoleBinding/runner names Role/ruler, and nothing on one makes it", "RoleBinding/runner names ServiceAccount/runer, and nothing on one makes it"]);
  expect(found(binding("runner", "runner", "other"), role, account)).toEqual(["RoleBinding/runner names ServiceAccount/runner in other, and nothing on one makes it"]);
});

test("what Kubernetes brings, and what a controller is said to make, is there", () => {
  const toKubernetes = { ...binding("", "default"), roleRef: { kind: "ClusterRole", name: "system:auth-delegator" } };
  expect(found(toKubernetes)).toEqual([]);
  const made: Made = { component: "agent", labels: {}, count: 1, requests: { cpu: "10m", memory: "10Mi" }, objects: ["ServiceAccount/agent"] };
  expect(foundWith([made], { ...binding("", "agent"), roleRef: { kind: "ClusterRole", name: "view" } })).toEqual([]);
});

test.each<[string, Manifest, readonly Manifest[], string]>([
  ["the account of an operator's pods", custom("monitoring.coreos.com", "Prometheus", { serviceAccountName: "runner" }), [account], "Prometheus/it names ServiceAccount/runner"],
  ["the account of a secret store", custom("external-secrets.io", "SecretStore", { provider: { gcp: { serviceAccountRef: { name: "runner" } } } }), [account], "SecretStore/it names ServiceAccount/runner"],
  ["where alerts go", custom("monitoring.coreos.com", "Prometheus", { alerting: { alertmanagers: [{ name: "alerts", port: "web" }] } }), [object("Service", "alerts", { spec: { ports: [{ name: "web", port: 9093 }] } })], "Prometheus/it names Service/alerts"],
  ["what an Alertmanager is told", custom("monitoring.coreos.com", "Alertmanager", { alertmanagerConfiguration: { name: "routes" } }), [object("AlertmanagerConfig", "routes")], "Alertmanager/it names AlertmanagerConfig/routes"],
  ["a Secret that a receiver reads", custom("monitoring.coreos.com", "AlertmanagerConfig", { receivers: [{ urlSecret: { name: "url", key: "url" } }] }), [object("ExternalSecret", "url", { spec: {} })], "AlertmanagerConfig/it names Secret/url"],
  ["a Secret that is kept elsewhere, too", custom("external-secrets.io", "PushSecret", { selector: { secret: { name: "key" } } }), [object("ExternalSecret", "key", { spec: {} })], "PushSecret/it names Secret/key"],
  ["what is scaled", { ...object("HorizontalPodAutoscaler", "it"), spec: { scaleTargetRef: { kind: "Deployment", name: "web" } } }, [object("Deployment", "web")], "HorizontalPodAutoscaler/it names Deployment/web"],
  ["a certificate that nobody is asked for", { ...object("Ingress", "it"), spec: { tls: [{ secretName: "web-tls" }] } }, [object("Certificate", "it", { spec: { secretName: "web-tls" } })], "Ingress/it names Secret/web-tls"],
])("%s is there", (_, manifest, others, what) => {
  expect(found(manifest, ...others)).toEqual([]);
  expect(found(manifest)[0]).toBe(`${what}, and nothing on one makes it`);
});

test("alerts go to a port that the Service has", () => {
  const prometheus = custom("monitoring.coreos.com", "Prometheus", { alerting: { alertmanagers: [{ name: "alerts", port: "wbe" }] } });
  expect(found(prometheus, object("Service", "alerts", { spec: { ports: [{ name: "web", port: 9093 }] } }))).toEqual(["Prometheus/it names ServicePort/alerts:wbe, and nothing on one makes it"]);
});

test("a certificate that cert-manager is asked for is made", () => {
  const ingress = object("Ingress", "it", { spec: { tls: [{ secretName: "web-tls" }] } });
  expect(found({ ...ingress, metadata: { ...ingress.metadata, annotations: { "cert-manager.io/cluster-issuer": "lab-ca" } } })).toEqual([]);
});
