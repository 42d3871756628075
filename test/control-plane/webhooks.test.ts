import { agreeable, aggregatedApi } from "../../tools/control-plane/stand-ins/webhook-answer";
import { trusting, webhookServices } from "../../tools/control-plane/stand-ins/webhook-configuration";

const service = { namespace: "a", name: "webhook", port: 8443, path: "/validate" };
const configuration = { apiVersion: "admissionregistration.k8s.io/v1", kind: "ValidatingWebhookConfiguration", metadata: { name: "x" }, webhooks: [{ name: "w", clientConfig: { service } }, { name: "u", clientConfig: { url: "https://elsewhere" } }] };
const definition = { apiVersion: "apiextensions.k8s.io/v1", kind: "CustomResourceDefinition", metadata: { name: "x" }, spec: { conversion: { strategy: "Webhook", webhook: { clientConfig: { service } } } } };

test.each([
  ["a webhook configuration", configuration],
  ["a definition with a conversion", definition],
])("%s names the Service that is called", (_, object) => {
  expect(webhookServices(object)).toEqual([service]);
});

test("the calls to Services are trusted with the test's authority, the others stay as they are", () => {
  const caBundle = Buffer.from("ca").toString("base64");
  const change = trusting(configuration, "ca");
  expect(change).toEqual({ webhooks: [{ name: "w", clientConfig: { service, caBundle } }, { name: "u", clientConfig: { url: "https://elsewhere" } }] });
  expect(trusting({ ...configuration, ...change }, "ca")).toBeUndefined();
  expect(trusting(definition, "ca")).toEqual({ spec: { conversion: { webhook: { clientConfig: { caBundle } } } } });
});

test("an admission is allowed", () => {
  const review = { apiVersion: "admission.k8s.io/v1", kind: "AdmissionReview", request: { uid: "1" } };
  expect(agreeable(JSON.stringify(review))).toMatchObject({ kind: "AdmissionReview", response: { uid: "1", allowed: true } });
});

test("a conversion gives the objects in the version that was asked for", () => {
  const review = { apiVersion: "apiextensions.k8s.io/v1", kind: "ConversionReview", request: { uid: "1", desiredAPIVersion: "g/v2", objects: [{ apiVersion: "g/v1", spec: 1 }] } };
  expect(agreeable(JSON.stringify(review))).toMatchObject({ response: { convertedObjects: [{ apiVersion: "g/v2", spec: 1 }] } });
});

test("what is no review is an error", () => {
  expect(() => agreeable("{}")).toThrow();
});

describe("an aggregated API", () => {
  const api = { apiVersion: "apiregistration.k8s.io/v1", kind: "APIService", metadata: { name: "v1beta1.metrics.k8s.io" }, spec: { group: "metrics.k8s.io", version: "v1beta1", service } };

  test("is called like a webhook, with the test's authority unless nobody looks", () => {
    expect(webhookServices(api)).toEqual([service]);
    expect(trusting(api, "ca")).toEqual({ spec: { caBundle: Buffer.from("ca").toString("base64") } });
    expect(trusting({ ...api, spec: { ...api.spec, insecureSkipTLSVerify: true } }, "ca")).toBeUndefined();
  });

  test("says what it has, and nothing at other paths", () => {
    expect(aggregatedApi("/apis/metrics.k8s.io/v1beta1?timeout=5s")).toMatchObject({ groupVersion: "metrics.k8s.io/v1beta1", resources: [{ name: "nodes" }, { name: "pods" }] });
    expect(aggregatedApi("/openapi/v2")).toBeUndefined();
  });
});
