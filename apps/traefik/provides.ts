import { ingressObject } from "../../engine/workload/ingress-object";
import type { IngressProvider } from "../../engine/model/provides";
import { recipe } from "../../engine/model/recipe";

/** Routes host names through the catalogue's Traefik. */
export const traefikIngress = recipe((): IngressProvider => ({ ...traefik("traefik"), backedBy: "traefik" }));

/**
 * Routes host names through the Traefik that k3s brings, in its own namespace and with its own labels:
 * https://docs.k3s.io/networking/networking-services#traefik-ingress-controller
 */
export const bundledTraefik = recipe((): IngressProvider =>
  traefik({ namespace: "kube-system", labels: { "app.kubernetes.io/name": "traefik", "app.kubernetes.io/instance": "traefik-kube-system" }, https: 8443 }));

const traefik = (controller: IngressProvider["controller"]): IngressProvider => ({
  controller,
  ingressClassName: "traefik",
  route: (scope, _endpoint, grant, tls) => ingressObject(scope, "traefik", grant, tls, { "traefik.ingress.kubernetes.io/router.entrypoints": "websecure" }),
  // It reads them on the Service alone: on the Ingress they mean nothing, and the pod's TLS is spoken to in plain text.
  // https://doc.traefik.io/traefik/reference/routing-configuration/kubernetes/ingress/#on-service
  serviceAnnotations: (scheme) => (scheme === "http" ? {} : { "traefik.ingress.kubernetes.io/service.serversscheme": scheme === "grpc" ? "h2c" : scheme }),
});
