import { ingressObject } from "../../engine/workload/ingress-object";
import type { Endpoint } from "../../engine/model/needs";
import type { IngressProvider } from "../../engine/model/provides";
import { recipe } from "../../engine/model/recipe";

/** Routes host names through the catalogue's NGINX. */
export const nginxIngress = recipe((): IngressProvider => ({
  backedBy: "nginx-ingress",
  controller: "nginx-ingress",
  ingressClassName: "nginx",
  route: (scope, { scheme }, grant, tls) => ingressObject(scope, "nginx", grant, tls, speaking(scheme, grant.service)),
}));

/** How to speak to the pods. https://docs.nginx.com/nginx-ingress-controller/configuration/ingress-resources/advanced-configuration-with-annotations/ */
function speaking(scheme: Endpoint["scheme"], service: string): Readonly<Record<string, string>> {
  if (scheme === "grpc") return { "nginx.org/grpc-services": service };
  // Nobody says whether an app upgrades to WebSockets. Allowing it costs kept-alive connections to the pods, and no more.
  return { "nginx.org/websocket-services": service, ...(scheme === "https" ? { "nginx.org/ssl-services": service } : {}) };
}
