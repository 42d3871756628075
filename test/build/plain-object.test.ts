import { ApiObject, App, Chart, JsonPatch, Lazy } from "cdk8s";
import { IntOrString, KubeService } from "cdk8s-plus-30/lib/imports/k8s";
import { PlainObject } from "../../engine/workload/plain-object";

const chart = () => new Chart(new App(), "web", { namespace: "web", labels: { "app.kubernetes.io/name": "web" } });
const props = { metadata: { name: "web", labels: { tier: "front" } }, spec: { clusterIp: "None", ports: [{ port: 80, targetPort: IntOrString.fromString("http") }] } };
const plain = (scope: Chart) => new PlainObject(scope, "service", KubeService.manifest(props));

test("a plain object is what cdk8s makes of the same properties", () => {
  const stock = chart();
  new KubeService(stock, "service", props);
  const ours = chart();
  plain(ours);
  expect(ours.toJson()).toEqual(stock.toJson());
});

test("patches and labels that are added later are in it", () => {
  const scope = chart();
  const service = plain(scope);
  service.metadata.addLabel("later", "yes");
  service.addJsonPatch(JsonPatch.replace("/spec/clusterIP", "10.0.0.9"));
  expect(scope.toJson()).toMatchObject([{ metadata: { labels: { tier: "front", later: "yes" } }, spec: { clusterIP: "10.0.0.9" } }]);
});

test.each<[string, Record<string, unknown>, (object: ApiObject) => void]>([
  ["nothing but a name", { name: "web" }, () => undefined],
  ["a namespace of its own", { name: "web", namespace: "other" }, () => undefined],
  ["labels and annotations", { name: "web", labels: { b: "2", a: "1" }, annotations: { note: "" } }, () => undefined],
  ["no labels and an undefined one", { name: "web", labels: {}, annotations: { gone: undefined } }, () => undefined],
  ["a lazy label", { name: "web", labels: { later: Lazy.any({ produce: () => "now" }) } }, () => undefined],
  ["a finalizer", { name: "web", finalizers: ["kubernetes.io/keep"] }, () => undefined],
  ["a field that cdk8s does not know", { name: "web", generateName: "web-" }, () => undefined],
  ["all that can be added", { name: "web" }, addAll],
])("its metadata is what cdk8s makes of it: %s", (_, metadata, change) => {
  const manifest = { apiVersion: "v1", kind: "ConfigMap", metadata: metadata as { name: string } };
  const made = [ApiObject, PlainObject].map((Kind) => {
    const object = new Kind(new Chart(new App(), "web", { namespace: "web" }), "config", manifest);
    change(object);
    return JSON.stringify(sorted(object.toJson()));
  });
  expect(made[1]).toBe(made[0]);
});

function addAll({ metadata }: ApiObject): void {
  metadata.addLabel("tier", "front");
  metadata.addAnnotation("note", "later");
  metadata.addFinalizers("kubernetes.io/keep");
  metadata.addOwnerReference({ apiVersion: "v1", kind: "ConfigMap", name: "owner", uid: "1" });
  metadata.add("generateName", "web-");
}

/** Its keys in order, which is all that may differ. */
const sorted = (value: unknown): unknown =>
  typeof value !== "object" || value === null || Array.isArray(value) ? value : Object.fromEntries(Object.entries(value).sort().map(([key, inner]) => [key, sorted(inner)]));
