import type { Construct } from "constructs";
import { knowsIdentities } from "../../model/distribution";
import type { Flow } from "../../model/flow";
import type { Release } from "../../model/release";
import { PlainObject } from "../../workload/plain-object";
import { callsNames, ciliumPolicy } from "./cilium-policy";
import { kubernetesPolicy } from "./kubernetes-policy";
import { policiesOf } from "./policy";

/** Writes what a release's flows come to, in the language that its cluster's CNI understands best. */
export function networkPolicies(chart: Construct, release: Release, flows: readonly Flow[]): void {
  const asksNames = callsNames(flows);
  for (const policy of policiesOf(release, flows))
    new PlainObject(chart, `${policy.namespace}-${policy.name}`, knowsIdentities(release.cluster) ? ciliumPolicy(policy, asksNames) : kubernetesPolicy(policy));
}
