import { volumeNamed } from "../../engine/checks/manifests/volume-named";
import { builtFrom } from "../lab-of";
import { container, deployment } from "./objects";

const found = (...options: Parameters<typeof deployment>) => volumeNamed(builtFrom([deployment(...options)]).built).map((it) => it.found);
const mounting = (name: string, field = "volumeMounts") => ({ [field]: [{ name, mountPath: "/data" }] });
const volumes = [{ name: "data", emptyDir: {} }];

test("a container mounts a volume of its pod", () => {
  expect(found({ container: mounting("data"), pod: { volumes } })).toEqual([]);
  expect(found({ container: mounting("date"), pod: { volumes } })).toEqual(["Deployment/app: container app mounts date, and its pod has no such volume"]);
});

test("so does one that runs before it, and one that wants the device itself", () => {
  expect(found({ pod: { volumes, initContainers: [{ ...container, name: "first", ...mounting("date") }] } })).toHaveLength(1);
  expect(found({ container: mounting("date", "volumeDevices"), pod: { volumes } })).toHaveLength(1);
});

test("what a StatefulSet claims is a volume of its pods", () => {
  const spec = { volumeClaimTemplates: [{ metadata: { name: "data" } }] };
  expect(found({ kind: "StatefulSet", container: mounting("data"), spec })).toEqual([]);
  expect(found({ kind: "StatefulSet", container: mounting("date"), spec })).toHaveLength(1);
});
