import { readFileSync } from "node:fs";
import { z } from "zod";

const auditEvent = z.looseObject({
  verb: z.string(),
  user: z.looseObject({ username: z.string().default("") }),
  objectRef: z.looseObject({ resource: z.string().default(""), subresource: z.string().optional(), namespace: z.string().optional(), name: z.string().optional(), apiGroup: z.string().optional() }).optional(),
  responseStatus: z.looseObject({ code: z.number().optional() }).optional(),
  annotations: z.record(z.string(), z.string()).optional(),
  userAgent: z.string().optional(),
  requestURI: z.string(),
});

/** One request, as the API server's audit log tells it. */
export type AuditEvent = z.infer<typeof auditEvent>;

/** The requests in an audit log; a last line that is still being written is left out. */
export function auditEvents(file: string): readonly AuditEvent[] {
  const lines = readFileSync(file, "utf8").split("\n").slice(0, -1);
  return lines.map((line) => auditEvent.parse(JSON.parse(line)));
}

/** What a ServiceAccount was refused: by authorization, or because it would have granted more than it has. */
export function denials(events: readonly AuditEvent[], serviceAccount: { readonly namespace: string; readonly name?: string }): readonly string[] {
  const prefix = `system:serviceaccount:${serviceAccount.namespace}:${serviceAccount.name ?? ""}`;
  const denied = events.filter(({ user, responseStatus }) => (serviceAccount.name === undefined ? user.username.startsWith(prefix) : user.username === prefix) && responseStatus?.code === 403);
  return [...new Set(denied.map(describeRequest))];
}

function describeRequest({ user, verb, objectRef, requestURI }: AuditEvent): string {
  const what = objectRef === undefined ? requestURI : [objectRef.resource, objectRef.subresource].filter((part) => part !== undefined).join("/");
  const group = objectRef?.apiGroup === undefined ? "" : ` of ${objectRef.apiGroup}`;
  return `${user.username.replace("system:serviceaccount:", "")} may not ${verb} ${what}${group}${objectRef?.namespace === undefined ? "" : ` in ${objectRef.namespace}`}`;
}
