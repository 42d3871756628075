import { cilium, k3s } from "../../engine/model/distribution";
import { fieldOf } from "../../engine/model/manifest";
import { place } from "../../engine/model/placement";
import { ordered } from "../../engine/argocd/order";
import { appOf, builtOf, worldOf } from "../lab-of";
import { ciliumCluster } from "../on-cilium";
import { hubAndSpoke, listOf, objectOf, pointed, syncedFrom } from "./hub";

const output = syncedFrom(hubAndSpoke([place(appOf())], { distribution: k3s({ cni: cilium }) }));
const kindsOn = (cluster: string) => listOf(pointed(output, "AppProject", cluster), "spec", "namespaceResourceWhitelist").map((item) => fieldOf(item, "kind"));

test("where Cilium is the CNI its policies are permitted, watched and written, and elsewhere not", () => {
  expect(kindsOn("one")).toEqual(expect.arrayContaining(["NetworkPolicy", "CiliumNetworkPolicy"]));
  expect(kindsOn("hub")).not.toContain("CiliumNetworkPolicy");
  const lines = String(fieldOf(objectOf(output, "hub/argocd", "ConfigMap"), "data", "resource.inclusions")).split("\n").filter((line) => line.includes("cilium"));
  expect(lines).toEqual(['- {"apiGroups":["cilium.io"],"kinds":["CiliumNetworkPolicy"],"clusters":["https://192.168.40.11:6443"]}']);
  const rules = (output.folders.get("dist/one/argocd-manager")?.manifests ?? []).filter(({ kind }) => kind === "ClusterRole").flatMap((role) => listOf(role, "rules"));
  expect(rules.filter((rule) => listOf(rule, "apiGroups").includes("cilium.io")).map((rule) => listOf(rule, "resources"))).toContainEqual(["ciliumnetworkpolicies"]);
});

test("Cilium's CRDs are there before anything is synced: nobody syncs them, and no dry run is left out for them", () => {
  expect([...output.folders.keys()].filter((folder) => folder.includes("crds"))).toEqual([]);
  const policies = builtOf(worldOf({ clusters: [ciliumCluster({ runs: [place(appOf())] })] })).flatMap(({ release, manifests }) => ordered(release, manifests)).filter(({ kind }) => kind === "CiliumNetworkPolicy");
  expect(policies.length).toBeGreaterThan(0);
  expect(JSON.stringify(policies)).not.toContain("SkipDryRunOnMissingResource");
});
