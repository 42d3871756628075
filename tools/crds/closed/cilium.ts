import type { JsonSchema } from "../../../engine/schema/json-schema";
import { list, mapOf, object, oneOf, required, text, withSpec, type ClosedKind } from "./closed-kind";

/**
 * Cilium 1.20.0's policies, as far as flows need them and the proof reads them. From
 * https://docs.cilium.io/en/stable/security/policy/ and what its agent refuses: pkg/policy/api/rule_validation.go.
 */
const label: JsonSchema = { type: "string", maxLength: 63, pattern: "^(([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9])?$" };
const selector = object({
  matchLabels: mapOf(label),
  matchExpressions: list(object({ key: required(text), operator: required(oneOf("In", "NotIn", "Exists", "DoesNotExist")), values: list(text) })),
});
const cidrs = list({ type: "string", format: "cidr" });
const blocks = list(object({ cidr: required({ type: "string", format: "cidr" }), except: cidrs }));
const entities = list(oneOf("host", "remote-node", "kube-apiserver"));
const name: JsonSchema = { type: "string", maxLength: 255, pattern: "^([-a-zA-Z0-9_]+[.]?)+$" };
const pattern: JsonSchema = { type: "string", maxLength: 255, pattern: "^([-a-zA-Z0-9_*]+[.]?)+$" };
const names = list(object({ matchName: name, matchPattern: pattern }, { minProperties: 1, maxProperties: 1 }));
const numberOrName = "^(6553[0-5]|655[0-2][0-9]|65[0-4][0-9]{2}|6[0-4][0-9]{3}|[1-5][0-9]{4}|[0-9]{1,4})|([a-zA-Z0-9]-?)*[a-zA-Z](-?[a-zA-Z0-9])*$";
const port = object({
  port: required({ type: "string", pattern: numberOrName }),
  endPort: { type: "integer", format: "int32", minimum: 1, maximum: 65535 },
  protocol: oneOf("TCP", "UDP", "SCTP", "ANY"),
});
const ports = list(port, { maxItems: 40 });
// A rule names its peers in one way only, and a range of ports is nothing that the DNS proxy could listen on.
const oneWay: JsonSchema = { maxProperties: 2 };
const ingress = object({ fromEndpoints: list(selector), fromEntities: entities, fromCIDR: cidrs, fromCIDRSet: blocks, toPorts: list(object({ ports: required(ports) })) }, oneWay);
const egress = object(
  { toEndpoints: list(selector), toEntities: entities, toCIDR: cidrs, toCIDRSet: blocks, toFQDNs: names, toPorts: list(object({ ports: required(ports), rules: object({ dns: required(names) }) })) },
  oneWay,
);
const policy = object({ endpointSelector: required(selector), ingress: list(ingress), egress: list(egress), description: text }, { anyOf: [{ required: ["ingress"] }, { required: ["egress"] }] });

export const cilium: readonly ClosedKind[] = [
  { group: "cilium.io", version: "v2", kind: "CiliumNetworkPolicy", plural: "ciliumnetworkpolicies", namespaced: true, schema: withSpec(policy) },
];
