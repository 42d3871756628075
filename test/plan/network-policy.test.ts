import type { Manifest } from "../../engine/model/manifest";
import { changed, defaultDeny, deployment, namespace, networkPolicy } from "../../tools/control-plane/plan/objects";
import { planOfRelease } from "../../tools/control-plane/plan/sides";

const opened = (before: readonly Manifest[], after: readonly Manifest[]) => planOfRelease(before, after).units.flatMap(({ consequences }) => consequences.filter(({ rule, opens }) => rule === "network-policy" && opens).map(({ says }) => says));

test("a policy that leaves opens nothing where no pods are left", () => {
  expect(opened([namespace, deployment, defaultDeny], [namespace])).toEqual([]);
});

test("and what it closed alone where some are", () => {
  expect(opened([namespace, deployment, defaultDeny], [namespace, deployment])).toEqual([expect.stringContaining("nothing else closes Ingress and Egress")]);
});

const saying = (before: readonly Manifest[], after: readonly Manifest[]) => planOfRelease(before, after).units.flatMap(({ consequences }) => consequences.map(({ says }) => says));

test("callers by another label of the same value are others, and the labels' names tell them apart", () => {
  const by = (label: string) => changed(networkPolicy, "spec.ingress.0.from", [{ podSelector: { matchLabels: { [label]: "ingress" } } }]);
  expect(saying([by("app")], [by("role")])).toEqual(["lets in: pods role=ingress, TCP 8080", "closes in: pods app=ingress, TCP 8080"]);
});

test("labels that say the same are said once", () => {
  const callers = [{ podSelector: { matchLabels: { app: "ingress" } } }, { podSelector: { matchLabels: { "app.kubernetes.io/name": "web", "app.kubernetes.io/instance": "web", role: "cache" } } }];
  expect(saying([networkPolicy], [changed(networkPolicy, "spec.ingress.0.from", callers)])).toEqual(["lets in: pods web cache, TCP 8080"]);
});

test("what a policy that leaves closes is said once", () => {
  expect(saying([namespace, deployment, defaultDeny, networkPolicy], [namespace, deployment, defaultDeny])).toEqual(["Argo CD deletes it, which closes in: pods ingress, TCP 8080"]);
});
