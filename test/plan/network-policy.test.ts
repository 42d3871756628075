import type { Manifest } from "../../engine/model/manifest";
import { defaultDeny, deployment, namespace } from "../../tools/control-plane/plan/objects";
import { planOfRelease } from "../../tools/control-plane/plan/sides";

const opened = (before: readonly Manifest[], after: readonly Manifest[]) => planOfRelease(before, after).units.flatMap(({ consequences }) => consequences.filter(({ rule, opens }) => rule === "network-policy" && opens).map(({ says }) => says));

test("a policy that leaves opens nothing where no pods are left", () => {
  expect(opened([namespace, deployment, defaultDeny], [namespace])).toEqual([]);
});

test("and what it closed alone where some are", () => {
  expect(opened([namespace, deployment, defaultDeny], [namespace, deployment])).toEqual([expect.stringContaining("nothing else closes Ingress and Egress")]);
});
