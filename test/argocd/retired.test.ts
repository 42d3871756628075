import { place } from "../../engine/model/placement";
import { retire, type Retired } from "../../engine/model/cluster";
import { appOf } from "../lab-of";
import { hubAndSpoke, syncedFrom } from "./hub";

const leaving = (app: Retired["app"]) => syncedFrom(hubAndSpoke([], { retired: [retire(place(appOf()), { because: "moved", app, data: "keep" })] })).parameters.get("argocd/releases/one/app.yaml");

test("a release that is to be deleted keeps its Application, which prunes what has left its folder", () => {
  expect(leaving("delete")).toMatchObject({ folder: "dist/one/app", prune: true });
});

test("of an orphaned release nothing is synced and nothing deleted", () => {
  expect(leaving("orphan")).toBeUndefined();
});
