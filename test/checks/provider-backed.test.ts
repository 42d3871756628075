import { providerBacked } from "../../engine/checks/releases/provider-backed";
import { k3s } from "../../engine/model/distribution";
import { place } from "../../engine/model/placement";
import { appOf, clusterOf, testProviders, worldOf } from "../lab-of";

const ingress = { ...testProviders.ingress!, backedBy: "traefik" };

test("a provider whose app does not run on its cluster is found", () => {
  const findings = providerBacked(worldOf({ clusters: [clusterOf({ provides: { ingress } })] }));
  expect(findings.map((it) => it.found)).toEqual(["provides.ingress is backed by traefik, which is not placed on one"]);
});

test("an app that is placed, or that the distribution brings, backs its provider", () => {
  const placed = clusterOf({ provides: { ingress }, runs: [place(appOf({ name: "traefik" }))] });
  expect(providerBacked(worldOf({ clusters: [placed, clusterOf({ name: "two", provides: { ingress }, distribution: k3s() })] }))).toEqual([]);
});
