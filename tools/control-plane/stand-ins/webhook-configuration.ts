import { z } from "zod";
import type { KubernetesObject } from "../kubernetes/object";

const service = z.looseObject({ namespace: z.string(), name: z.string(), port: z.number().default(443) });

const clientConfig = z.looseObject({ caBundle: z.string().optional(), service: service.optional() });

const configuration = z.looseObject({ webhooks: z.array(z.looseObject({ clientConfig })).default([]) });

const converted = z.looseObject({ spec: z.looseObject({ conversion: z.looseObject({ webhook: z.looseObject({ clientConfig }).optional() }).optional() }) });

const aggregated = z.looseObject({ spec: z.looseObject({ caBundle: z.string().optional(), insecureSkipTLSVerify: z.boolean().optional(), service: service.nullish() }) });

/** A Service that the API server itself calls. */
export type WebhookService = z.infer<typeof service>;

/** The kinds, besides definitions that convert, by which the API server is told whom to call. */
export const WEBHOOK_KINDS = [
  ["admissionregistration.k8s.io/v1", "ValidatingWebhookConfiguration"],
  ["admissionregistration.k8s.io/v1", "MutatingWebhookConfiguration"],
  ["apiregistration.k8s.io/v1", "APIService"],
] as const;

/** The Services that an object of these kinds has the API server call; none for any other object. */
export function webhookServices(object: KubernetesObject): readonly WebhookService[] {
  return clientConfigs(object).flatMap((config) => config.service ?? []);
}

/** The change that makes the API server trust an authority with these calls; undefined where it does already. */
export function trusting(object: KubernetesObject, authority: string): object | undefined {
  const caBundle = Buffer.from(authority).toString("base64");
  if (clientConfigs(object).every((config) => config.service === undefined || config["trusted"] === true || config.caBundle === caBundle)) return undefined;
  if (object.kind === "APIService") return { spec: { caBundle } };
  if (object.kind === "CustomResourceDefinition") return { spec: { conversion: { webhook: { clientConfig: { caBundle } } } } };
  const { webhooks } = configuration.parse(object);
  return { webhooks: webhooks.map((webhook) => (webhook.clientConfig.service === undefined ? webhook : { ...webhook, clientConfig: { ...webhook.clientConfig, caBundle } })) };
}

function clientConfigs(object: KubernetesObject): readonly z.infer<typeof clientConfig>[] {
  if (object.kind.endsWith("WebhookConfiguration")) return configuration.parse(object).webhooks.map((webhook) => webhook.clientConfig);
  if (object.kind === "APIService") {
    const { service: behind, insecureSkipTLSVerify, caBundle } = aggregated.parse(object).spec;
    // It may not have both, and without verification any certificate will do.
    return behind ? [{ service: behind, caBundle: insecureSkipTLSVerify === true ? undefined : caBundle, trusted: insecureSkipTLSVerify === true }] : [];
  }
  if (object.kind !== "CustomResourceDefinition") return [];
  const config = converted.parse(object).spec.conversion?.webhook?.clientConfig;
  return config === undefined ? [] : [config];
}
