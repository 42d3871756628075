import type { Crd } from "./crd";

interface WebhookConversion {
  readonly conversionReviewVersions: readonly string[];
  readonly service: { readonly name: string; readonly namespace: string; readonly path: string };
}

/**
 * Go types cannot say who converts between a kind's versions. Without it MetalLB's webhook never starts: it waits to
 * put its certificate into this very field.
 */
export function conversionByWebhook(crdName: string, { conversionReviewVersions, service }: WebhookConversion): (crd: Crd) => Crd {
  return (crd) => {
    if (crd.metadata.name !== crdName) return crd;
    const webhook = { conversionReviewVersions, clientConfig: { service } };
    return { ...crd, spec: { ...crd.spec, conversion: { strategy: "Webhook", webhook } } };
  };
}

/**
 * The API server refuses CRDs in groups of Kubernetes itself unless they name their API review.
 * @param reviews by the CRD's name.
 */
export function approved(reviews: { readonly [crdName: string]: string }): (crd: Crd) => Crd {
  return (crd) => {
    const review = reviews[crd.metadata.name];
    if (review === undefined) throw new Error(`${crd.metadata.name}: no API review is known, and the API server wants one`);
    return { ...crd, metadata: { ...crd.metadata, annotations: { ...crd.metadata.annotations, "api-approved.kubernetes.io": review } } };
  };
}
