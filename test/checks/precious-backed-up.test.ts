import { preciousBackedUp } from "../../engine/checks/releases/precious-backed-up";
import { precious, rebuildable } from "../../engine/model/needs";
import { place } from "../../engine/model/placement";
import { appOf, clusterOf, worldOf, worldRunning } from "../lab-of";

const app = appOf({ needs: { stores: { notes: precious("1Gi"), cache: rebuildable("1Gi") } } });

test("precious stores of a cluster without backup are one warning", () => {
  const [finding] = preciousBackedUp(
    worldOf({ clusters: [clusterOf({ runs: [place(app), place(app, { as: "b" })], provides: { backup: undefined } })] }),
  );
  expect(finding).toMatchObject({ severity: "warning", address: "one", found: "2 precious stores and no backup: app's notes, b's notes" });
});

test("with a backup provider there is nothing to warn of", () => {
  expect(preciousBackedUp(worldRunning(place(app)))).toEqual([]);
});
