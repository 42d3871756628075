import { turnsOf } from "../../tools/operators/run/apply-committed";
import { isWithin } from "../../tools/operators/scenarios/metallb";

test("what only an operator understands comes last", () => {
  const object = (apiVersion: string, kind: string) => ({ apiVersion, kind, metadata: { name: "x" } });
  const namespace = object("v1", "Namespace");
  const builtIn = [object("apps/v1", "Deployment"), object("v1", "Service"), object("networking.k8s.io/v1", "Ingress"), object("storage.k8s.io/v1", "StorageClass")];
  const custom = [object("metallb.io/v1beta1", "IPAddressPool"), object("cert-manager.io/v1", "Issuer")];
  expect(turnsOf([...custom, ...builtIn, namespace])).toEqual({ namespaces: [namespace], builtIn, custom });
});

test("an address is in its range, ends included", () => {
  expect(["10.0.0.1", "10.0.0.9", "10.0.0.10", "10.0.1.5"].map((address) => isWithin(address, "10.0.0.1-10.0.0.9"))).toEqual([true, true, false, false]);
});
