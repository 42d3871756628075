import { readFileSync } from "node:fs";
import { clusterScopedKinds, isBroughtLater, isClusterScoped, isCustom, resourceOf } from "../../engine/kinds/kind";

interface Described {
  readonly apiVersion: string;
  readonly kind: string;
  readonly namespaced: boolean;
}

test("Kubernetes' own cluster-scoped kinds are those of its API's description", () => {
  const { kinds }: { readonly kinds: readonly Described[] } = JSON.parse(readFileSync("imports/schemas/kubernetes-1.36.json", "utf8"));
  const described = kinds.filter(({ namespaced }) => !namespaced).map(({ apiVersion, kind }) => `${apiVersion.includes("/") ? apiVersion.split("/")[0] : ""}/${kind}`);
  expect([...clusterScopedKinds].sort()).toEqual([...new Set(described)].sort());
});

test.each([
  ["", "Endpoints", "endpoints"],
  ["networking.k8s.io", "NetworkPolicy", "networkpolicies"],
  ["networking.k8s.io", "Ingress", "ingresses"],
  ["storage.k8s.io", "StorageClass", "storageclasses"],
  ["monitoring.coreos.com", "Prometheus", "prometheuses"],
  ["apps", "Deployment", "deployments"],
])("%s/%s is the resource %s", (group, kind, resource) => {
  expect(resourceOf({ group, kind })).toBe(resource);
});

test("an operator's kinds are known by its CRDs", () => {
  expect(isCustom({ group: "cert-manager.io", kind: "Issuer" })).toBe(true);
  expect(isCustom({ group: "apps", kind: "Deployment" })).toBe(false);
  expect(isClusterScoped({ group: "cert-manager.io", kind: "ClusterIssuer" })).toBe(true);
  expect(isClusterScoped({ group: "cert-manager.io", kind: "Issuer" })).toBe(false);
});

test("Cilium's kinds are there before anything is synced, other operators' may come later", () => {
  const policy = { group: "cilium.io", kind: "CiliumNetworkPolicy" };
  expect([isCustom(policy), isBroughtLater(policy), resourceOf(policy)]).toEqual([true, false, "ciliumnetworkpolicies"]);
  expect(isBroughtLater({ group: "cert-manager.io", kind: "Issuer" })).toBe(true);
});
