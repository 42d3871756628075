import { waveOrder } from "../../engine/checks/manifests/wave-order";
import type { Manifest } from "../../engine/model/manifest";
import { syncWaveAnnotation } from "../../engine/model/sync-wave";
import { builtFrom } from "../lab-of";
import { deployment, object } from "./objects";

const inWave = (wave: string, manifest: Manifest): Manifest => ({ ...manifest, metadata: { ...manifest.metadata, annotations: { [syncWaveAnnotation]: wave } } });
const reading = deployment({ container: { envFrom: [{ secretRef: { name: "key" } }] } });
const found = (...objects: readonly Manifest[]) => waveOrder(builtFrom(objects).built).map((it) => it.found);
const certificate = object("Certificate", "app", { spec: { secretName: "key" } });

test("a pod that needs what comes only when it is healthy is named", () => {
  expect(found(reading, inWave("1", certificate))).toEqual(["Deployment/app needs Secret/key, which comes in wave 1: when everything of wave 0 is healthy, Deployment/app among it"]);
});

test("what comes before it, with it, or from somewhere else as well, holds nobody up", () => {
  expect(found(inWave("1", reading), certificate)).toEqual([]);
  expect(found(inWave("1", reading), inWave("1", certificate))).toEqual([]);
  expect(found(reading, inWave("1", certificate), object("Secret", "key"))).toEqual([]);
});
