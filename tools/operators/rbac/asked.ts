import { z } from "zod";
import type { AuditEvent } from "../../control-plane/assertions/audit-log";
import type { Account } from "./granted";
import type { Permission } from "./permission";

/** Something that a ServiceAccount asked of the API server, and whether it got it. */
export interface Asked {
  readonly permission: Permission;
  readonly denied: boolean;
  /** The server's words, where it refused. */
  readonly message: string;
}

const attributes = z.looseObject({
  namespace: z.string().default(""),
  group: z.string().default(""),
  resource: z.string(),
  subresource: z.string().default(""),
  name: z.string().default(""),
  verb: z.string(),
});

const review = z.looseObject({ spec: z.looseObject({ user: z.string().optional(), resourceAttributes: attributes.optional() }) });

const answer = z.looseObject({ status: z.looseObject({ allowed: z.boolean().default(false) }) });

const bodies = z.looseObject({ requestObject: review.optional(), responseObject: answer.optional() });

const refusal = z.looseObject({ message: z.string().default("") });

/**
 * Everything that an account asked for. That is more than its requests: whether it may (an operator that hears no may
 * idle without ever being refused), and what others asked about it, such as cert-manager's approver policy.
 */
export function askedBy(account: Account, events: readonly AuditEvent[]): readonly Asked[] {
  const username = `system:serviceaccount:${account.namespace}:${account.name}`;
  return events.flatMap((event) => {
    const resource = event.objectRef?.resource ?? "";
    if (resource === "selfsubjectaccessreviews" && event.user.username === username) return reviewed(event);
    if (resource === "subjectaccessreviews" && bodies.parse(event).requestObject?.spec.user === username) return reviewed(event);
    return event.user.username === username && !isForEverybody(event) ? [requested(event)] : [];
  });
}

/** Reviews of one's own rights and discovery: allowed to every account by Kubernetes itself (system:basic-user, system:discovery). */
function isForEverybody({ objectRef, requestURI, verb }: AuditEvent): boolean {
  if (objectRef !== undefined) return /^self.*reviews$/.test(objectRef.resource);
  return verb === "get" && /^\/(api|apis|openapi|version|healthz|livez|readyz)([/?]|$)/.test(requestURI);
}

function requested(event: AuditEvent): Asked {
  const { verb, objectRef, requestURI, responseStatus } = event;
  const refused = responseStatus?.code === 401 || responseStatus?.code === 403;
  const message = refused ? refusal.parse(responseStatus).message : "";
  if (objectRef === undefined) return { permission: { namespace: "", group: "", resource: requestURI.split("?")[0] ?? "", name: "", verb }, denied: refused, message };
  const { namespace = "", name = "", apiGroup = "", resource, subresource } = objectRef;
  // A Namespace refers to itself as its namespace; authorization asks for it that way, too, but only a cluster-wide role fits.
  const where = resource === "namespaces" ? "" : namespace;
  return { permission: { namespace: where, group: apiGroup, resource: subresource === undefined ? resource : `${resource}/${subresource}`, name, verb }, denied: refused, message };
}

function reviewed(event: AuditEvent): readonly Asked[] {
  const { requestObject, responseObject } = bodies.parse(event);
  const asked = requestObject?.spec.resourceAttributes;
  if (asked === undefined || responseObject === undefined) return [];
  const { namespace, group, resource, subresource, name, verb } = asked;
  const permission = { namespace: resource === "namespaces" ? "" : namespace, group, resource: subresource === "" ? resource : `${resource}/${subresource}`, name, verb };
  return [{ permission, denied: !responseObject.status.allowed, message: "it asked whether it may, and heard no" }];
}
