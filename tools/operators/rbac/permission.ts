/** One thing that a ServiceAccount may do, or did: a verb on a resource, or on a URL. */
export interface Permission {
  /** Where: a namespace, or "" for the whole cluster. */
  readonly namespace: string;
  readonly group: string;
  /** With its subresource, such as "services/status"; a URL starts with "/". */
  readonly resource: string;
  /** The only object, or "" for all. */
  readonly name: string;
  readonly verb: string;
}

/** A permission as a line: "update services/status in traefik", "approve signers.cert-manager.io (issuers.cert-manager.io/*)". */
export function describePermission({ namespace, group, resource, name, verb }: Permission): string {
  const [plural = "", ...sub] = resource.split("/");
  const what = group === "" || resource.startsWith("/") ? resource : [`${plural}.${group}`, ...sub].join("/");
  return `${verb} ${what}${name === "" ? "" : ` (${name})`}${namespace === "" ? "" : ` in ${namespace}`}`;
}

/** Whether a grant allows what was asked for. */
export function covers(grant: Permission, asked: Permission): boolean {
  return (
    (grant.namespace === "" || grant.namespace === asked.namespace) &&
    matches(grant.verb, asked.verb) &&
    (asked.resource.startsWith("/") ? urlMatches(grant.resource, asked.resource) : matches(grant.group, asked.group) && resourceMatches(grant.resource, asked.resource)) &&
    (grant.name === "" || grant.name === asked.name)
  );
}

const matches = (granted: string, asked: string): boolean => granted === "*" || granted === asked;

/** "pods/*" and "*" + "/log": https://kubernetes.io/docs/reference/access-authn-authz/rbac/#referring-to-resources */
function resourceMatches(granted: string, asked: string): boolean {
  const [, sub] = asked.split("/");
  return matches(granted, asked) || (sub !== undefined && granted === `*/${sub}`);
}

function urlMatches(granted: string, asked: string): boolean {
  return granted.endsWith("*") ? asked.startsWith(granted.slice(0, -1)) : granted === asked;
}
