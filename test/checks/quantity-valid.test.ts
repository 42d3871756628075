import { quantityValid } from "../../engine/checks/lab/quantity-valid";
import { hostOf, labOf } from "../lab-of";

test("a size without a binary unit, and cores that are no number, are found", () => {
  const wrong = { ...hostOf(), memory: "64GB" as never, cpu: Number.NaN };
  expect(quantityValid(labOf({ hosts: [wrong] })).map((it) => it.found)).toEqual(['memory = "64GB"', "cpu = null"]);
});

test("sizes of images have a unit as well", () => {
  expect(quantityValid(labOf({ imageSizes: { each: { "docker.io/x/y": "2GB" as never }, others: "1Gi" } })).map((it) => `${it.address}: ${it.found}`)).toEqual(['imageSizes: docker.io/x/y = "2GB"']);
});

test("the test lab's own sizes are fine", () => {
  expect(quantityValid(labOf())).toEqual([]);
});
