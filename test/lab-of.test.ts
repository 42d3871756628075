import { Workload } from "../engine/workload/workload";
import { image } from "../engine/model/image";
import { rebuildable } from "../engine/model/needs";
import { place } from "../engine/model/placement";
import { appOf, manifestsOf, worldRunning } from "./lab-of";

test("an app of one line resolves and builds in the test lab", () => {
  const app = appOf({ build: (chart) => void new Workload(chart, "app", { image: image("docker.io/x/y", "1"), resources: { cpu: "1", memory: "1Gi" } }) });
  expect(manifestsOf(place(app)).map((it) => it.kind)).toContain("Deployment");
});

test("needs decide the type of the grants that build gets", () => {
  const app = appOf({ needs: { stores: { data: rebuildable("1Gi") } }, build: (_chart, { grants }) => expect(grants.stores.data.claimName).toBe("app-data") });
  expect(manifestsOf(place(app)).map((it) => it.kind)).toContain("PersistentVolumeClaim");
});

test("several placements share its one cluster", () => {
  expect(worldRunning(place(appOf()), place(appOf(), { as: "other" })).releases.map((it) => it.address)).toEqual(["one/app", "one/other"]);
});
