import { issuedBy } from "../apps/cert-manager/provides";
import { metallbPools } from "../apps/metallb/provides";
import { prometheusMonitoring } from "../apps/prometheus-operator/provides";
import { traefikIngress } from "../apps/traefik/provides";
import { localPath } from "../engine/capabilities/storage/local-path";
import { k3s } from "../engine/model/distribution";
import type { Provides } from "../engine/model/provides";
import { buckets } from "./buckets";
import { secrets } from "./secrets";

/** k3s on bare metal: MetalLB and a Traefik of our own take the place of the bundled ones (metallb#306, k3s#2765). */
export const bareMetalK3s = k3s({ disable: ["traefik", "servicelb"] });

const local = localPath(bareMetalK3s);

/** How the bare-metal clusters meet needs. */
export const bareMetalProvides = {
  storage: { precious: local, rebuildable: local },
  ingress: traefikIngress(),
  certificates: issuedBy("lab-ca"),
  loadBalancer: metallbPools(),
  secrets,
  buckets,
  metrics: prometheusMonitoring(),
} as const satisfies Provides;
