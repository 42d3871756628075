import { replicasScaled } from "../../engine/checks/manifests/replicas-scaled";
import { builtFrom } from "../lab-of";
import { deployment, object } from "./objects";

const scaler = object("HorizontalPodAutoscaler", "app", { spec: { scaleTargetRef: { kind: "Deployment", name: "app" } } });
const found = (spec: object) => replicasScaled(builtFrom([deployment({ spec: { ...spec } }), scaler]).built).map((it) => it.found);

test("a number of replicas beside an autoscaler is found", () => {
  expect(found({ replicas: 2 })).toEqual(["Deployment/app has a number of replicas and an autoscaler"]);
});

test("an autoscaler alone decides", () => {
  expect(found({ replicas: undefined })).toEqual([]);
});
