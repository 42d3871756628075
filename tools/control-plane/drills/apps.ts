import { ApiObject } from "cdk8s";
import { z } from "zod";
import { defineApp, type App } from "../../../engine/model/app";
import { image, imageSetting } from "../../../engine/model/image";
import { generated, precious, templated } from "../../../engine/model/needs";
import { containerApp } from "../../../engine/workload/container-app";
import { tcp } from "../../../engine/workload/probe";
import { claimTemplate } from "../../../engine/workload/volume";
import { Workload } from "../../../engine/workload/workload";
import { Certificate } from "../../../imports/cert-manager";

const any = image("registry.invalid/any", "1.0");

/** An owner's app that keeps something: a Deployment with a precious claim and a secret that was made in the cluster. */
export const keeper = (name: string): App =>
  containerApp({ name, image: any, port: 8080, reach: "cluster", stores: { "/data": precious("1Gi") }, secrets: { KEY: "generated" } });

/** The same before it keeps anything. */
export const forgetful = (name: string): App => containerApp({ name, image: any, port: 8080, reach: "cluster" });

/** An app with a custom resource of an operator that another release brings. */
export const signed = defineApp({
  name: "signed",
  crds: ["cert-manager"],
  settings: z.object({}),
  needs: () => ({}),
  build(chart) {
    new ApiObject(chart, "settings", { apiVersion: "v1", kind: "ConfigMap", metadata: { name: "signed" }, data: { greeting: "hello" } });
    new Certificate(chart, "certificate", { metadata: { name: "signed" }, spec: { secretName: "signed-tls", dnsNames: ["signed.drills.example"], issuerRef: { group: "cert-manager.io", kind: "ClusterIssuer", name: "lab-ca" } } });
  },
});

/**
 * A StatefulSet with claims of its own, whose sync takes two waves: the ConfigMap of the second one is applied when the
 * pods of the first are up.
 */
export const ledger = defineApp({
  name: "ledger",
  settings: z.object({ image: imageSetting.default(any), edition: z.string().default("first") }),
  needs: () => ({
    exposes: { web: { port: 8080, scheme: "http", reach: "cluster" } },
    stores: { pages: templated(precious("1Gi")) },
    secrets: { key: generated() },
  }),
  build(chart, { settings, grants }) {
    new Workload(chart, "ledger", {
      kind: "StatefulSet",
      image: settings.image,
      replicas: 2,
      ports: { web: 8080 },
      resources: { cpu: "50m", memory: "64Mi" },
      env: { EDITION: settings.edition, KEY: grants.secrets.key },
      mounts: { "/pages": claimTemplate(grants.stores.pages) },
      probes: { ready: tcp(8080) },
    });
    new ApiObject(chart, "edition", {
      apiVersion: "v1",
      kind: "ConfigMap",
      metadata: { name: "edition", annotations: { "argocd.argoproj.io/sync-wave": "1" } },
      data: { edition: settings.edition },
    });
  },
});
