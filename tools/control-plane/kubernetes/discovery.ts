import { z } from "zod";
import type { Connection } from "./connection";

/** How a kind is addressed: the last part of its path, and whether it lives in namespaces. */
export interface Resource {
  readonly plural: string;
  readonly namespaced: boolean;
}

/** Aggregated discovery: every group in two requests. https://kubernetes.io/docs/concepts/overview/kubernetes-api/#aggregated-discovery */
const AGGREGATED = "application/json;g=apidiscovery.k8s.io;v=v2;as=APIGroupDiscoveryList";

const groupList = z.looseObject({
  items: z.array(
    z.looseObject({
      metadata: z.looseObject({ name: z.string().default("") }).optional(),
      versions: z.array(
        z.looseObject({
          version: z.string(),
          resources: z
            .array(z.looseObject({ resource: z.string(), scope: z.string().optional(), responseKind: z.looseObject({ kind: z.string() }).optional() }))
            .default([]),
        }),
      ),
    }),
  ),
});

/** Every kind that an API server serves now, by "apiVersion kind". */
export async function discover(connection: Connection): Promise<ReadonlyMap<string, Resource>> {
  const served = new Map<string, Resource>();
  for (const path of ["/api", "/apis"]) {
    const { text } = await connection.send({ method: "GET", path, accept: AGGREGATED });
    for (const { metadata, versions } of groupList.parse(JSON.parse(text)).items) {
      const group = metadata?.name ?? "";
      for (const { version, resources } of versions) {
        for (const { resource, scope, responseKind } of resources) {
          if (responseKind === undefined) continue;
          const apiVersion = group === "" ? version : `${group}/${version}`;
          served.set(`${apiVersion} ${responseKind.kind}`, { plural: resource, namespaced: scope === "Namespaced" });
        }
      }
    }
  }
  return served;
}
