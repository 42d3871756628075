import { z } from "zod";
import { defineApp } from "../../engine/model/app";
import { image, imageSetting } from "../../engine/model/image";
import { generated, kubernetesApi } from "../../engine/model/needs";
import { controller, webhookPort } from "./controller";
import { defaultPoolOf, pools } from "./pools";
import { speaker } from "./speaker";
import { watches } from "./watches";
import { webhook } from "./webhook";

/**
 * Gives LoadBalancer Services an address of the cluster's pools and answers for it on the LAN (layer 2: ARP and NDP).
 * The controller hands addresses out; one speaker on each node announces those that lead to it.
 */
export const metallb = defineApp({
  name: "metallb",
  // Without announcements nothing on the cluster is reachable from outside it.
  priority: "node",
  crds: ["metallb"],

  settings: z.object({
    controllerImage: imageSetting.default(image("quay.io/metallb/controller", "v0.16.2")),
    speakerImage: imageSetting.default(image("quay.io/metallb/speaker", "v0.16.2")),
    /** Interfaces of the nodes that addresses are announced on; without any, all but the excluded ones. */
    interfaces: z.array(z.string()).readonly().default([]),
    /** Regular expressions of interfaces that lead to no LAN: the CNI's and the container runtime's own. */
    excludedInterfaces: z.array(z.string()).readonly().default(["^lo$", "^cni", "^flannel", "^veth", "^cali", "^tunl", "^cilium", "^lxc", "^docker", "^virbr", "^dummy", "^kube-ipvs", "^nodelocaldns"]),
    logLevel: z.enum(["debug", "info", "warn", "error"]).default("info"),
  }),

  needs: ({ name, site }) => ({
    exposes: { webhook: { port: webhookPort, scheme: "https", reach: "cluster", servicePort: 443, component: "controller", webhook: true } },
    // Speakers tell each other who is alive. Whoever could join in would decide where addresses lead.
    secrets: { memberlist: generated({ shape: { name: `${name}-memberlist`, data: { secretkey: "{{ .value }}" } } }) },
    talksTo: { api: kubernetesApi() },
    watches: watches(site),
  }),

  check: ({ site }) =>
    defaultPoolOf(site) === undefined
      ? [
          {
            rule: "pools-given",
            found: `no pool in ${site.cluster.name}'s network: it would have nothing to hand out`,
            expected: "addresses of the LAN, by pool",
            fix: "Give the cluster's network `pools`, or place it where there are some",
          },
        ]
      : [],

  build(chart, { name, namespace, settings, site, grants }) {
    const { service } = grants.exposes.webhook;
    controller(chart, { name, image: settings.controllerImage, logLevel: settings.logLevel, service });
    speaker(chart, { name, image: settings.speakerImage, logLevel: settings.logLevel, excludedInterfaces: settings.excludedInterfaces, memberlist: grants.secrets.memberlist });
    webhook(chart, { name: service, namespace });
    pools(chart, site, settings.interfaces);
  },
});
