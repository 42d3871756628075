import { targetPort } from "../../engine/checks/manifests/target-port";
import type { Manifest } from "../../engine/model/manifest";
import { builtFrom } from "../lab-of";
import { deployment, labels, object } from "./objects";

const found = (...manifests: readonly Manifest[]) => targetPort(builtFrom(manifests).built).map((it) => it.found);
const service = (targetPort: string | number) =>
  object("Service", "app", { spec: { selector: labels, ports: [{ name: "web", port: 80, targetPort }] } });
const ingress = (name: string, port: object) =>
  object("Ingress", "app", { spec: { rules: [{ http: { paths: [{ path: "/", backend: { service: { name, port } } }] } }] } });
const webhook = (port: number) =>
  object("ValidatingWebhookConfiguration", "app", { webhooks: [{ name: "w", clientConfig: { service: { name: "app", namespace: "app", port } } }] });

test("a Service that leads to a port that no container has is found, by name or number", () => {
  expect(found(deployment(), service("http"))).toEqual(["Service/app leads to port http"]);
  expect(found(deployment(), service(8081))).toEqual(["Service/app leads to port 8081"]);
});

test("an Ingress or a webhook that leads to no Service, or to none of its ports, is found", () => {
  expect(found(deployment(), service(8080), ingress("gone", { number: 80 }), ingress("app", { name: "http" }), webhook(443))).toHaveLength(3);
});

test("a probe of a named port that its container does not have is found", () => {
  expect(found(deployment({ container: { livenessProbe: { httpGet: { path: "/", port: "metrics" } } } }))).toHaveLength(1);
});

test("on its node's network a pod leaves ports unsaid", () => {
  expect(found(deployment({ pod: { hostNetwork: true } }), service(9120))).toEqual([]);
});

test("ports that are there are fine", () => {
  expect(found(deployment(), service("web"), ingress("app", { name: "web" }), ingress("app", { number: 80 }), webhook(80))).toEqual([]);
});
