import { place } from "../../../engine/model/placement";
import { orderPage, roundsOf } from "../../../engine/proofs/order/page";
import { appOf, worldRunning } from "../../lab-of";

test("who waits for somebody comes in a later round, with all its reasons; another cluster's release is named whole", () => {
  const { releases } = worldRunning(place(appOf({ name: "app" })), place(appOf({ name: "disk" })));
  const edges = [
    { from: "one/app", to: "one/disk", because: "stores.data" },
    { from: "one/app", to: "one/disk", because: "stores.more" },
    { from: "one/disk", to: "two/registry", because: "image x" },
  ];
  const page = orderPage("one", releases, new Map([["one/app", edges.slice(0, 2)], ["one/disk", edges.slice(2)]]), roundsOf(releases, edges));
  expect(page.split("\n").filter((line) => line.startsWith("| ")).slice(2)).toEqual(["| 2 | disk | two/registry (image x) |", "| 3 | app | disk (stores.data; stores.more) |"]);
});
