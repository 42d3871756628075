import { namespaceExists } from "../../engine/checks/manifests/namespace-exists";
import { builtFrom } from "../lab-of";
import { object } from "./objects";

const within = (namespace: string) => object("ConfigMap", "it", { metadata: { name: "it", namespace } });
const found = (...objects: Parameters<typeof builtFrom>[0]) => namespaceExists(builtFrom(objects).built).map((it) => it.found);

test("an object in a namespace that nothing makes is named", () => {
  expect(found(within("elsewhere"))).toEqual(["ConfigMap/it stands in namespace elsewhere, and nothing on one makes it"]);
});

test("namespaces of the cluster's releases and Kubernetes' own are there", () => {
  expect(found(within("elsewhere"), { apiVersion: "v1", kind: "Namespace", metadata: { name: "elsewhere" } }, within("kube-system"))).toEqual([]);
});
