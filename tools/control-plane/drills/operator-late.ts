import { rmSync } from "node:fs";
import { certManager } from "../../../apps/cert-manager/cert-manager";
import { place } from "../../../engine/model/placement";
import { fieldOf } from "../kubernetes/object";
import { until } from "../processes/until";
import { signed } from "./apps";
import { must, type Drill } from "./drill";
import { drillLab, SPOKE, standing } from "./lab";
import { PATIENCE_SECONDS, type Scene } from "./scene";

/** The webhook that answers for the operator's kinds. */
export const OPERATORS_WEBHOOK = { namespace: "cert-manager", name: "cert-manager-webhook" };

/** Argo CD says it in its own words where its list of kinds was asked, and in kubectl's where that was tried. */
const UNKNOWN_KIND = /could not find cert-manager\.io\/Certificate|no matches for kind "Certificate"/;

const webhook = { apiVersion: "apps/v1", kind: "Deployment", metadata: OPERATORS_WEBHOOK };

/**
 * An operator and an app that uses it come in one commit, and each of what the app needs comes late: first the definition of
 * its kind, which another Application brings, then the webhook that answers for it.
 */
export const operatorLate: Drill = {
  name: "operator-late",
  says: "an app that comes before its operator's definitions and webhook is synced as far as it can be, holds up no other, and is finished by itself (argo-cd#5585, #15095, cert-manager#1873)",
  async perform(scene) {
    const { client } = scene.spoke.api;
    await closed(scene, true);
    try {
      scene.synthesize(drillLab({ spoke: { runs: [...standing, place(certManager), place(signed)] } }));
      rmSync(scene.file(`argocd/releases/${SPOKE}/crds-cert-manager.yaml`));
      await scene.push("An operator and its first app, without definitions");
      await scene.shows("spoke-signed", "told that its kind is not there", ({ causes }) => causes.some((cause) => UNKNOWN_KIND.test(cause)));
      must((await client.get({ apiVersion: "v1", kind: "ConfigMap", metadata: { namespace: "signed", name: "signed" } })) !== undefined, "what the app has besides waits for a kind that it does not need");
      // An Application that comes before its project has its namespace is invalid until Argo CD looks again, within three minutes.
      const uid = await until({ what: "the operator's webhook", timeoutSeconds: PATIENCE_SECONDS, everyMilliseconds: 300 }, async () => (await client.get(webhook))?.metadata.uid);

      scene.synthesize(drillLab({ spoke: { runs: [...standing, place(certManager), place(signed)] } }));
      const all = await scene.push("And the definitions");
      await until({ what: "the definitions", timeoutSeconds: 120, everyMilliseconds: 300 }, async () => ((await client.rediscover()).has("cert-manager.io/v1 Certificate") ? true : undefined));
      await scene.shows("spoke-signed", "told that the webhook does not answer", ({ causes }) => causes.some((cause) => cause.includes("failed calling webhook")));
      // Not before: each try that fails makes the next one wait longer.
      await scene.settled(all, ["spoke-notes", "spoke-ledger", "hub-argocd"]);
      const { tried, phase } = await operatorsSync(scene);
      must(phase === "Running" && !tried.some((kind) => /Issuer|Certificate$/.test(kind)), `before the webhook was there, the operator's own sync was ${phase} and had tried ${tried.join(", ")}`);

      await closed(scene, false);
      await scene.settled(all);
      must((await client.get(webhook))?.metadata.uid === uid, "the webhook's Deployment was made anew");
      must((await client.list("cert-manager.io/v1", "Certificate", "signed")).length === 1, "the app has no Certificate");
    } finally {
      await closed(scene, false);
    }
  },
};

/** Whether the spoke's nodes take pods that come now; those that run go on. */
async function closed({ spoke: { api } }: Scene, unschedulable: boolean): Promise<void> {
  for (const node of await api.client.list("v1", "Node")) await api.client.patch(node, { spec: { unschedulable } });
}

/** How far Argo CD is with the operator's own Application, and the kinds that it has tried to apply. */
async function operatorsSync(scene: Scene): Promise<{ readonly phase: string; readonly tried: readonly string[] }> {
  const operation = fieldOf(await scene.hub.api.client.get(scene.argo("Application", "spoke-cert-manager")), "status", "operationState");
  const resources = fieldOf(operation, "syncResult", "resources");
  const tried = Array.isArray(resources) ? resources.map((resource) => String(fieldOf(resource, "kind"))) : [];
  must(tried.includes("Deployment"), "the operator's own Deployments were not tried");
  return { phase: String(fieldOf(operation, "phase")), tried };
}
