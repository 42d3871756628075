import { objectNamed } from "../../engine/checks/manifests/object-named";
import { k3s } from "../../engine/model/distribution";
import type { Made } from "../../engine/model/makes";
import type { Manifest } from "../../engine/model/manifest";
import { internet } from "../../engine/model/needs";
import { appOf, builtFrom } from "../lab-of";
import { deployment, object } from "./objects";

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
  ["who is told of alerts", custom("monitoring.coreos.com", "AlertmanagerConfig", { route: { receiver: "phone", routes: [{ receiver: "phone", routes: [{ receiver: "phone" }] }] } }), [custom("monitoring.coreos.com", "AlertmanagerConfig", { receivers: [{ name: "phone" }] })], "AlertmanagerConfig/it names Receiver/phone"],
  ["how something is scraped", custom("monitoring.coreos.com", "ServiceMonitor", { scrapeClass: "token" }), [custom("monitoring.coreos.com", "Prometheus", { scrapeClasses: [{ name: "token" }] })], "ServiceMonitor/it names ScrapeClass/token"],
  ["the addresses that are announced", custom("metallb.io", "L2Advertisement", { ipAddressPools: ["lan"] }), [object("IPAddressPool", "lan")], "L2Advertisement/it names IPAddressPool/lan"],
  ["the neighbour that they are announced to", custom("metallb.io", "BGPAdvertisement", { peers: ["router"] }), [object("BGPPeer", "router")], "BGPAdvertisement/it names BGPPeer/router"],
  ["where a copy goes", custom("velero.io", "Schedule", { template: { storageLocation: "nas" } }), [object("BackupStorageLocation", "nas")], "Schedule/it names BackupStorageLocation/nas"],
  ["which volumes are copied", custom("velero.io", "Schedule", { template: { resourcePolicy: { kind: "configmap", name: "policy" } } }), [object("ConfigMap", "policy")], "Schedule/it names ConfigMap/policy"],
  ["a namespace that is copied", custom("velero.io", "Schedule", { template: { includedNamespaces: ["kube-system", "web"] } }), [object("Namespace", "web")], "Schedule/it names Namespace/web"],
  ["a namespace that is scraped", custom("monitoring.coreos.com", "ServiceMonitor", { namespaceSelector: { matchNames: ["default", "web"] } }), [object("Namespace", "web")], "ServiceMonitor/it names Namespace/web"],
  ["what the drivers run", custom("csi.ceph.io", "OperatorConfig", { driverSpecDefaults: { imageSet: { name: "images" } } }), [object("ConfigMap", "images")], "OperatorConfig/it names ConfigMap/images"],
  ["the Ceph that is elsewhere", custom("csi.ceph.io", "ClientProfile", { cephConnectionRef: { name: "proxmox" } }), [object("CephConnection", "proxmox")], "ClientProfile/it names CephConnection/proxmox"],
  ["an authority's own key", custom("cert-manager.io", "Issuer", { ca: { secretName: "ca" } }), [object("ExternalSecret", "ca", { spec: {} })], "Issuer/it names Secret/ca"],
  ["what is scaled", { ...object("HorizontalPodAutoscaler", "it"), spec: { scaleTargetRef: { kind: "Deployment", name: "web" } } }, [object("Deployment", "web")], "HorizontalPodAutoscaler/it names Deployment/web"],
  ["a certificate that nobody is asked for", { ...object("Ingress", "it"), spec: { tls: [{ secretName: "web-tls" }] } }, [object("Certificate", "it", { spec: { secretName: "web-tls" } })], "Ingress/it names Secret/web-tls"],
])("%s is there", (_, manifest, others, what) => {
  expect(found(manifest, ...others)).toEqual([]);
  expect(found(manifest)[0]).toBe(`${what}, and nothing on one makes it`);
});

test("an authority of the whole cluster has its key where cert-manager looks for it", () => {
  const issuer: Manifest = { apiVersion: "cert-manager.io/v1", kind: "ClusterIssuer", metadata: { name: "it" }, spec: { ca: { secretName: "ca" } } };
  const secretIn = (namespace: string) => object("ExternalSecret", "ca", { metadata: { name: "ca", namespace }, spec: {} });
  const told = deployment({ container: { args: ["--cluster-resource-namespace=authority"] } });
  expect(found(issuer, told, secretIn("authority"))).toEqual([]);
  expect(found(issuer, told, secretIn("app"))).toEqual(["ClusterIssuer/it names Secret/ca in authority, and nothing on one makes it"]);
});

test.each(["ValidatingWebhookConfiguration", "MutatingWebhookConfiguration"])("whom the API server asks by a %s is there, in the namespace that it says, with the port", (kind) => {
  const asking = (service: object): Manifest => ({ ...object(kind, "it"), webhooks: [{ name: "a.example", clientConfig: { service } }] });
  const webhook = object("Service", "webhook", { spec: { ports: [{ name: "https", port: 443 }] } });
  expect(found(asking({ name: "webhook", namespace: "app", port: 443 }), webhook)).toEqual([]);
  expect(found(asking({ name: "webhook", namespace: "ap" }), webhook)).toEqual([`${kind}/it names Service/webhook in ap, and nothing on one makes it`]);
  expect(found(asking({ name: "webhook", namespace: "app", port: 8443 }), webhook)).toEqual([`${kind}/it names ServicePort/webhook:8443, and nothing on one makes it`]);
});

test("an aggregated API's Service is there, in the namespace that it says", () => {
  const api = (namespace: string): Manifest => ({ ...object("APIService", "it"), spec: { service: { name: "metrics", namespace } } });
  expect(found(api("app"), object("Service", "metrics"))).toEqual([]);
  expect(found(api("other"), object("Service", "metrics"))).toEqual(["APIService/it names Service/metrics in other, and nothing on one makes it"]);
});

describe("Traefik", () => {
  const web = object("Service", "web", { spec: { ports: [{ name: "http", port: 80 }] } });
  const ingress = (annotation: string, value: string): Manifest => object("Ingress", "it", { metadata: { name: "it", namespace: "app", annotations: { [`traefik.ingress.kubernetes.io/${annotation}`]: value } } });
  const missing = (what: string, by = "Ingress/it") => `${by} names ${what}, and nothing on one makes it`;

  test.each([
    ["router.middlewares", "Middleware"],
    ["router.tls.options", "TLSOption"],
    ["service.serverstransport", "ServersTransport"],
  ])("%s names objects of any namespace, or what another provider has", (annotation, kind) => {
    const there = [object(kind, "auth"), object(kind, "v1.plain")];
    expect(found(ingress(annotation, "app-auth@kubernetescrd, app-v1-plain@kubernetescrd,limits@file"), ...there)).toEqual([]);
    expect(found(ingress(annotation, "limits@file,app-oauth@kubernetescrd"), ...there)).toEqual([missing(`${kind}/app-oauth@kubernetescrd`)]);
    expect(found(ingress(annotation, "auth"), ...there)).toEqual([missing(`${kind}/auth`)]);
  });

  test("what a controller is said to make is there, and the default options always are", () => {
    const made: Made = { component: "portal", labels: {}, count: 1, requests: { cpu: "10m", memory: "10Mi" }, objects: ["Middleware/auth"] };
    expect(foundWith([made], ingress("router.middlewares", "app-auth@kubernetescrd"))).toEqual([]);
    expect(found(ingress("router.tls.options", "default"))).toEqual([]);
  });

  test("an entry point is one that a Traefik here listens on; of one that stands elsewhere nobody knows", () => {
    const traefik = deployment({ container: { args: ["--entrypoints.websecure.address=:8443", "--entryPoints.web.address=:8000"] } });
    expect(found(ingress("router.entrypoints", "web,websecure"), traefik)).toEqual([]);
    expect(found(ingress("router.entrypoints", "websecur"), traefik)).toEqual([missing("EntryPoint/websecur")]);
    expect(found(ingress("router.entrypoints", "websecur"))).toEqual([]);
  });

  test.each<[string, string, object, readonly Manifest[], string]>([
    ["a middleware of a route", "IngressRoute", { routes: [{ middlewares: [{ name: "auth" }] }] }, [object("Middleware", "auth")], "Middleware/auth"],
    ["a middleware of another namespace", "IngressRoute", { routes: [{ middlewares: [{ name: "auth", namespace: "web" }] }] }, [object("Middleware", "auth", { metadata: { name: "auth", namespace: "web" } })], "Middleware/auth in web"],
    ["a route's Service", "IngressRoute", { routes: [{ services: [{ name: "web" }] }] }, [web], "Service/web"],
    ["a route's weighted Services", "IngressRoute", { routes: [{ services: [{ name: "web", kind: "TraefikService" }] }] }, [object("TraefikService", "web")], "TraefikService/web"],
    ["a route's options", "IngressRoute", { tls: { options: { name: "strict" } } }, [object("TLSOption", "strict")], "TLSOption/strict"],
    ["a route's certificate", "IngressRoute", { tls: { secretName: "tls" } }, [object("Certificate", "it", { spec: { secretName: "tls" } })], "Secret/tls"],
    ["a TCP route's middleware", "IngressRouteTCP", { routes: [{ middlewares: [{ name: "allow" }] }] }, [object("MiddlewareTCP", "allow")], "MiddlewareTCP/allow"],
    ["a UDP route's Service", "IngressRouteUDP", { routes: [{ services: [{ name: "web" }] }] }, [web], "Service/web"],
    ["a middleware of a chain", "Middleware", { chain: { middlewares: [{ name: "auth" }] } }, [object("Middleware", "auth")], "Middleware/auth"],
    ["who may come in", "Middleware", { basicAuth: { secret: "users" } }, [object("ExternalSecret", "users", { spec: {} })], "Secret/users"],
    ["who shows errors", "Middleware", { errors: { service: { name: "web" } } }, [web], "Service/web"],
    ["who gets a copy", "TraefikService", { mirroring: { name: "web", mirrors: [{ name: "web" }] } }, [web], "Service/web"],
    ["whose certificate is believed", "ServersTransport", { rootCAs: [{ configMap: "roots" }] }, [object("ConfigMap", "roots")], "ConfigMap/roots"],
  ])("%s is there", (_, kind, spec, others, what) => {
    const manifest = custom("traefik.io", kind, spec);
    expect(found(manifest, ...others)).toEqual([]);
    expect(found(manifest)[0]).toBe(missing(what, `${kind}/it`));
  });

  test("a route leads to a port that the Service has, and Traefik's own services are in no object", () => {
    const route = (service: object) => custom("traefik.io", "IngressRoute", { routes: [{ services: [service] }] });
    expect(found(route({ name: "web", port: "http" }), route({ name: "web", port: 80 }), web)).toEqual([]);
    expect(found(route({ name: "web", port: 8080 }), web)).toEqual([missing("ServicePort/web:8080", "IngressRoute/it")]);
    expect(found(route({ name: "api@internal", kind: "TraefikService" }))).toEqual([]);
  });
});

describe("an ingress class names a controller that something on the cluster runs", () => {
  const named = (controller: string): Manifest => ({ apiVersion: "networking.k8s.io/v1", kind: "IngressClass", metadata: { name: "it" }, spec: { controller } });
  const started = (...args: string[]) => deployment({ container: { args } });
  test.each([
    ["traefik.io/ingress-controller", "--providers.kubernetesingress.ingressclass=traefik"],
    ["traefik.io/ingress-controller", "--providers.kubernetesIngress"],
    ["nginx.org/ingress-controller", "-nginx-configmaps=$(POD_NAMESPACE)/nginx"],
    ["k8s.io/internal", "--controller-class=k8s.io/internal"],
    ["k8s.io/ingress-nginx", "--providers.kubernetesingressnginx.controllerclass=k8s.io/ingress-nginx"],
  ])("%s: started with %s", (controller, arg) => {
    expect(found(named(controller), started(arg))).toEqual([]);
    expect(found(named(controller), started("--providers.kubernetesingress=false"))).toEqual([`IngressClass/it names IngressController/${controller}, and nothing on one makes it`]);
    expect(found(named(`${controller}s`), started(arg))).toHaveLength(1);
  });

  test("an app says of its own, and k3s brings Traefik unless it is told not to", () => {
    const made: Made = { component: "proxies", labels: {}, count: 1, requests: { cpu: "10m", memory: "10Mi" }, objects: ["IngressController/tailscale.com/ts-ingress"] };
    expect(foundWith([made], named("tailscale.com/ts-ingress"))).toEqual([]);
    const { built } = builtFrom([named("traefik.io/ingress-controller")]);
    const bundling = built.map((it) => ({ ...it, release: { ...it.release, cluster: { ...it.release.cluster, distribution: k3s() } } }));
    expect([objectNamed(built), objectNamed(bundling)].map((it) => it.length)).toEqual([1, 0]);
  });
});

test("a certificate that an object is given the CA of is there, in the namespace that is said", () => {
  const webhook = object("ValidatingWebhookConfiguration", "it", { metadata: { name: "it", annotations: { "cert-manager.io/inject-ca-from": "app/webhook" } } });
  expect(found(webhook, object("Certificate", "webhook", { spec: { secretName: "tls" } }))).toEqual([]);
  expect(found(webhook)).toEqual(["ValidatingWebhookConfiguration/it names Certificate/webhook, and nothing on one makes it"]);
});

test("a CA in a Secret is there, or made by the program that is told to", () => {
  const webhook = object("ValidatingWebhookConfiguration", "it", { metadata: { name: "it", annotations: { "cert-manager.io/inject-ca-from-secret": "app/webhook-ca" } } });
  expect(found(webhook, deployment({ container: { args: ["--dynamic-serving-ca-secret-name=webhook-ca"] } }))).toEqual([]);
  expect(found(webhook, deployment({ container: { args: ["--dynamic-serving-ca-secret-name=webhook"] } }))).toEqual(["ValidatingWebhookConfiguration/it names Secret/webhook-ca, and nothing on one makes it"]);
});

test("a Service that NGINX treats otherwise is there", () => {
  const ingress = (services: string) => object("Ingress", "it", { metadata: { name: "it", namespace: "app", annotations: { "nginx.org/websocket-services": services } } });
  expect(found(ingress("web"), object("Service", "web"))).toEqual([]);
  expect(found(ingress("web,wbe"), object("Service", "web"))).toEqual(["Ingress/it names Service/wbe, and nothing on one makes it"]);
});

describe("a Service that a program is told to call is there, with the port", () => {
  const api = object("Service", "api", { spec: { ports: [{ name: "http", port: 8080 }] } });
  const ways: readonly (readonly [string, (text: string) => Manifest])[] = [
    ["in a variable", (text) => deployment({ container: { env: [{ name: "API", value: text }] } })],
    ["in an argument", (text) => deployment({ container: { args: [`--api=${text}`] } })],
    ["in a file", (text) => object("ConfigMap", "app", { data: { "app.yaml": `first: line\napi: "${text}"\n` } })],
  ];
  test.each(ways)("%s", (_, told) => {
    expect(found(told("http://api.app.svc.cluster.local:8080/v1"), told("api.app.svc:8080"), told("https://pod-0.api.app.svc"), api)).toEqual([]);
    expect(found(told("http://api.ap.svc:8080"), api)).toEqual([expect.stringContaining(" names Service/api in ap, and nothing on one makes it"), expect.stringContaining("ServicePort/api:8080 in ap")]);
    expect(found(told("http://api.app.svc:80"), api)).toEqual([expect.stringContaining(" names ServicePort/api:80, and nothing on one makes it")]);
    expect(found(told("https://kubernetes.default.svc"), told("http://alertmanager-operated.app.svc:9093"), told("http://nas:5000"), told("a.svcs"))).toEqual([]);
  });
});

describe("a short name in a URL", () => {
  const api = object("Service", "api", { spec: { ports: [{ name: "http", port: 8080 }] } });
  const peers = object("Service", "peers", { spec: { clusterIP: "None", ports: [{ name: "sql", port: 5432 }] } });
  const [app, web] = ["app", "web"].map((name): Manifest => ({ apiVersion: "v1", kind: "Namespace", metadata: { name } })) as [Manifest, Manifest];
  const inNamespace = (manifest: Manifest, namespace: string): Manifest => ({ ...manifest, metadata: { ...manifest.metadata, namespace } });
  const told = (text: string, pod: Readonly<Record<string, unknown>> = {}) => deployment({ container: { env: [{ name: "URL", value: text }] }, pod });
  const missing = (what: string) => [`Deployment/app names ${what}, and nothing on one makes it`];

  test.each<[string, (text: string) => Manifest]>([
    ["in a variable", told],
    ["in a file", (text) => object("ConfigMap", "app", { data: { "app.yaml": `api: "${text}"\n` } })],
  ])("that is a Service's of its namespace leads to one of its ports, %s", (_, write) => {
    expect(found(api, write("http://api:8080/v1"), write("redis://user:key@api:8080"))).toEqual([]);
    expect(found(api, write("http://api:80"))).toEqual([expect.stringContaining("names ServicePort/api:80, and nothing on one makes it")]);
  });

  test("that is no Service's may be a host of the network", () => {
    expect(found(api, told("http://nas:5000"), told("http://localhost:80"), inNamespace(told("http://api:80"), "web"))).toEqual([]);
    for (const pod of [{ hostNetwork: true }, { dnsPolicy: "Default" }]) expect(found(api, told("http://api:80", pod))).toEqual([]);
    expect(found(api, told("http://api:80", { hostNetwork: true, dnsPolicy: "ClusterFirstWithHostNet" }))).toEqual(missing("ServicePort/api:80"));
  });

  test("of two parts is a Service of the namespace that it says, with the port", () => {
    const elsewhere = [web, inNamespace(api, "web")];
    expect(found(...elsewhere, told("http://api.web:8080"))).toEqual([]);
    expect(found(...elsewhere, told("http://api.web:80"))).toEqual(missing("ServicePort/api:80 in web"));
    expect(found(...elsewhere, told("http://ap.web:8080"))).toEqual(expect.arrayContaining(missing("Service/ap in web")));
    expect(found(...elsewhere, told("http://ap.example:8080"), told("https://ap.web/"), told("http://ap.web.example:8080"))).toEqual([]);
  });

  test("of two parts is a pod of a StatefulSet where the second one is its Service, and any host that the lab knows", () => {
    expect(found(app, peers, told("postgres://db-0.peers:5432"))).toEqual([]);
    expect(found(app, inNamespace(web, "app"), object("Service", "app", { spec: { clusterIP: "None" } }), told("http://app-0.app:9000"))).toEqual([]);
    const calling = appOf({ needs: { talksTo: { nas: internet("nas.web") } } });
    expect(objectNamed(builtFrom([web, told("http://nas.web:5000")], calling).built)).toEqual([]);
    expect(found(web, told("http://nas.web:5000"))).toHaveLength(2);
  });

  test("of a Service without an address, or that a controller makes, any port may be called", () => {
    const made: Made = { component: "db", labels: {}, count: 1, requests: { cpu: "10m", memory: "10Mi" }, objects: ["Service/api"] };
    expect(found(peers, told("http://peers:9999"), told("http://peers.app.svc:9999"))).toEqual([]);
    expect(foundWith([made], told("http://api.app.svc:9999"))).toEqual([]);
  });
});

test("alerts go to a port that the Service has", () => {
  const prometheus = custom("monitoring.coreos.com", "Prometheus", { alerting: { alertmanagers: [{ name: "alerts", port: "wbe" }] } });
  expect(found(prometheus, object("Service", "alerts", { spec: { ports: [{ name: "web", port: 9093 }] } }))).toEqual(["Prometheus/it names ServicePort/alerts:wbe, and nothing on one makes it"]);
});

test("a certificate that cert-manager is asked for is made", () => {
  const ingress = object("Ingress", "it", { spec: { tls: [{ secretName: "web-tls" }] } });
  expect(found({ ...ingress, metadata: { ...ingress.metadata, annotations: { "cert-manager.io/cluster-issuer": "lab-ca" } } })).toEqual([]);
});
