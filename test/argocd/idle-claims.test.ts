import { withIdleClaims } from "../../engine/argocd/idle-claims";
import type { Manifest } from "../../engine/model/manifest";

const claim: Manifest = { apiVersion: "v1", kind: "PersistentVolumeClaim", metadata: { name: "data" } };
const pod = { spec: { containers: [], volumes: [{ name: "data", persistentVolumeClaim: { claimName: "data" } }] } };
const nightly: Manifest = { apiVersion: "batch/v1", kind: "CronJob", metadata: { name: "nightly" }, spec: { jobTemplate: { spec: { template: pod } } } };
const server: Manifest = { apiVersion: "apps/v1", kind: "Deployment", metadata: { name: "server" }, spec: { template: pod } };

const ignoresHealth = (manifests: readonly Manifest[]) => withIdleClaims(manifests).map(({ metadata }) => metadata.annotations?.["argocd.argoproj.io/ignore-healthcheck"] === "true");

test("a claim that only a scheduled job mounts may wait for it", () => {
  expect(ignoresHealth([claim, nightly])).toEqual([true, false]);
});

test("so may one whose pod is made by and by, as for a person who signs in", () => {
  expect(ignoresHealth([claim])).toEqual([true]);
});

test("a claim that a standing pod mounts must be bound", () => {
  expect(ignoresHealth([claim, nightly, server])).toEqual([false, false, false]);
  expect(ignoresHealth([claim, server])).toEqual([false, false]);
});
