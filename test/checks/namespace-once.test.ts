import { namespaceOnce } from "../../engine/checks/releases/namespace-once";
import { place } from "../../engine/model/placement";
import { appOf, worldRunning } from "../lab-of";

const made = { component: "job", labels: {}, count: 1, requests: { cpu: "1", memory: "1Gi" } } as const;

test("two releases in one namespace are found, a controller's included", () => {
  const found = namespaceOnce(worldRunning(place(appOf()), place(appOf({ makes: [{ ...made, namespace: "app" }] }), { as: "other" })));
  expect(found.map((it) => it.found)).toEqual(["one/app and one/other both claim namespace app"]);
});

test("nobody takes a namespace of Kubernetes' own", () => {
  expect(namespaceOnce(worldRunning(place(appOf(), { adopt: { namespace: "kube-system" } })))).toHaveLength(1);
});

test("a namespace for each release is fine", () => {
  expect(namespaceOnce(worldRunning(place(appOf()), place(appOf(), { as: "other" })))).toEqual([]);
});
