import { objectSize } from "../../engine/checks/manifests/object-size";
import { builtFrom } from "../lab-of";
import { object } from "./objects";

const found = (...objects: Parameters<typeof builtFrom>[0]) => objectSize(builtFrom(objects).built).map((it) => it.found);
const half = "ä".repeat(2 ** 18);

test("a ConfigMap or a Secret that the API server would refuse for its size is named", () => {
  expect(found(object("ConfigMap", "big", { data: { one: half, two: half, three: "." } }))).toEqual(["ConfigMap/big has 1048577 bytes of values"]);
  expect(found(object("Secret", "big", { stringData: { one: half, two: half, three: "." } }))).toHaveLength(1);
});

test("what just fits, and binary data that is smaller than its text, is left alone", () => {
  expect(found(object("ConfigMap", "full", { data: { one: half, two: half } }), object("ConfigMap", "bytes", { binaryData: { it: "A".repeat(1.2 * 2 ** 20) } }))).toEqual([]);
});
