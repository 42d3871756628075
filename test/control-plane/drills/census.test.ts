import { lost, unexplained } from "../../../tools/control-plane/drills/census";

const before = new Map([
  ["spoke: PersistentVolumeClaim notes/data", "1"],
  ["spoke: Namespace notes", "2"],
]);

test("what is still the same object is no loss, and neither is what came besides", () => {
  expect(lost(before, new Map([...before, ["spoke: Secret notes/key", "3"]]))).toEqual([]);
});

test("what is gone is lost, and so is what was made anew under the same name", () => {
  expect(lost(before, new Map([["spoke: Namespace notes", "9"]]))).toEqual(["spoke: PersistentVolumeClaim notes/data is gone", "spoke: Namespace notes was made anew"]);
});

test("only what a documented step named may be gone: not its namesake elsewhere, nor one that begins alike", () => {
  const losses = ["spoke: PersistentVolumeClaim notes/data is gone", "spoke: PersistentVolumeClaim notes/data-2 is gone", "hub: PersistentVolumeClaim notes/data is gone"];
  expect(unexplained(losses, ["spoke: PersistentVolumeClaim notes/data"])).toEqual(losses.slice(1));
});

test("a census that found nothing is not compared with: nothing would ever be missed", () => {
  expect(() => lost(new Map(), before)).toThrow("nothing to compare with");
});
