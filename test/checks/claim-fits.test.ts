import { claimFits } from "../../engine/checks/releases/claim-fits";
import { rebuildable } from "../../engine/model/needs";
import { place } from "../../engine/model/placement";
import type { Bytes } from "../../engine/model/quantity";
import { appOf, worldRunning } from "../lab-of";

const found = (size: Bytes) =>
  claimFits(worldRunning(place(appOf({ needs: { stores: { models: rebuildable(size) } } })))).map((it) => [it.found, it.expected]);

test("a claim larger than its storage is found", () => {
  expect(found("501Gi")).toEqual([["stores.models claims 501Gi", "at most 500Gi, all that local-path has on one"]]);
});

test("a claim that fits is fine", () => {
  expect(found("500Gi")).toEqual([]);
});
