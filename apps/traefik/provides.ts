import { KubeIngress } from "cdk8s-plus-30/lib/imports/k8s";
import type { IngressProvider } from "../../engine/model/provides";

/** Routes host names through Traefik with plain Ingress objects: nothing in them is Traefik's own. */
export function traefikIngress(options: { readonly ingressClassName?: string } = {}): IngressProvider {
  const ingressClassName = options.ingressClassName ?? "traefik";
  return {
    backedBy: "traefik",
    controller: "traefik",
    ingressClassName,
    route({ chart, release }, endpoint, grant, tls) {
      const host = grant.host;
      new KubeIngress(chart, `ingress-${grant.name}`, {
        metadata: {
          name: `${release.name}-${grant.name}`,
          annotations: {
            ...tls?.annotations,
            "traefik.ingress.kubernetes.io/router.entrypoints": "websecure",
            ...(endpoint.scheme === "https" ? { "traefik.ingress.kubernetes.io/service.serversscheme": "https" } : {}),
          },
        },
        spec: {
          ingressClassName,
          ...(tls ? { tls: [{ hosts: [host], secretName: tls.secretName }] } : {}),
          rules: [{ host, http: { paths: [{ path: "/", pathType: "Prefix", backend: { service: { name: grant.service, port: { name: grant.name } } } }] } }],
        },
      });
    },
  };
}
