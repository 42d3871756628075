import { App, Chart, JsonPatch } from "cdk8s";
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
