import { budgetDrains } from "../../engine/checks/manifests/budget-drains";
import { builtFrom } from "../lab-of";
import { deployment, labels, object } from "./objects";

const found = (budget: object, replicas: number) =>
  budgetDrains(
    builtFrom([deployment({ spec: { replicas } }), object("PodDisruptionBudget", "app", { spec: { selector: { matchLabels: labels }, ...budget } })])
      .built,
  ).map((it) => it.found);

test("a budget that lets no pod go is found", () => {
  expect(found({ maxUnavailable: 0 }, 3)).toEqual(["PodDisruptionBudget/app: maxUnavailable 0"]);
  expect(found({ minAvailable: 2 }, 2)).toEqual(["PodDisruptionBudget/app: minAvailable 2 of 2 replicas"]);
  expect(found({ minAvailable: "100%" }, 2)).toHaveLength(1);
});

test("a budget that lets one go is fine", () => {
  expect(found({ maxUnavailable: 1 }, 1)).toEqual([]);
  expect(found({ minAvailable: 1 }, 2)).toEqual([]);
});
