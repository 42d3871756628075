import { z } from "zod";

/** What aggregated APIs of our labs hold, none of which exists without a kubelet: https://github.com/kubernetes/metrics */
const AGGREGATED: Readonly<Record<string, readonly object[]>> = {
  "metrics.k8s.io/v1beta1": [
    { name: "nodes", singularName: "", namespaced: false, kind: "NodeMetrics", verbs: ["get", "list"] },
    { name: "pods", singularName: "", namespaced: true, kind: "PodMetrics", verbs: ["get", "list"] },
  ],
};

/** What an aggregated API says of itself at /apis/<group>/<version>; undefined at any other path. */
export function aggregatedApi(path: string): object | undefined {
  const groupVersion = /^\/apis\/([^/]+\/[^/?]+)\/?(\?.*)?$/.exec(path)?.[1];
  if (groupVersion === undefined) return undefined;
  return { kind: "APIResourceList", apiVersion: "v1", groupVersion, resources: AGGREGATED[groupVersion] ?? [] };
}

const object = z.looseObject({ apiVersion: z.string() });

const review = z.looseObject({
  apiVersion: z.string(),
  kind: z.enum(["AdmissionReview", "ConversionReview"]),
  request: z.looseObject({ uid: z.string(), desiredAPIVersion: z.string().optional(), objects: z.array(object).optional() }),
});

/**
 * What a webhook says that has nothing against anything: an admission is allowed as it is, and a conversion only changes
 * the version's name. Throws where the text is no review.
 */
export function agreeable(text: string): object {
  const { apiVersion, kind, request } = review.parse(JSON.parse(text));
  if (kind === "AdmissionReview") return { apiVersion, kind, response: { uid: request.uid, allowed: true } };
  const convertedObjects = (request.objects ?? []).map((each) => ({ ...each, apiVersion: request.desiredAPIVersion ?? each.apiVersion }));
  return { apiVersion, kind, response: { uid: request.uid, result: { status: "Success" }, convertedObjects } };
}
