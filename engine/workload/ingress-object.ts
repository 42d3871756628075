import { KubeIngress } from "cdk8s-plus-30/lib/imports/k8s";
import type { EndpointGrant } from "../model/grants";
import type { Scope, TlsGrant } from "../model/provides";
import { PlainObject } from "./plain-object";

/** A plain Ingress for one host name: nothing in it belongs to one controller but its class and the annotations it is given. */
export function ingressObject(
  { chart, release }: Scope,
  ingressClassName: string,
  grant: EndpointGrant,
  tls: TlsGrant | undefined,
  annotations: Readonly<Record<string, string>> = {},
): void {
  const all = { ...tls?.annotations, ...annotations };
  new PlainObject(chart, `ingress-${grant.name}`, KubeIngress.manifest({
    metadata: { name: `${release.name}-${grant.name}`, ...(Object.keys(all).length ? { annotations: all } : {}) },
    spec: {
      ingressClassName,
      ...(tls ? { tls: [{ hosts: [grant.host], secretName: tls.secretName }] } : {}),
      rules: [{ host: grant.host, http: { paths: [{ path: "/", pathType: "Prefix", backend: { service: { name: grant.service, port: { name: grant.name } } } }] } }],
    },
  }));
}
