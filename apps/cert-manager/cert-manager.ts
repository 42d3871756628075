import { z } from "zod";
import { defineApp } from "../../engine/model/app";
import { image, imageSetting } from "../../engine/model/image";
import { internet, kubernetesApi } from "../../engine/model/needs";
import { acmeIssuer, acmeSetting, acmeTalksTo, tokenNeeds } from "./acme";
import { intermediateNeeds, labAuthority } from "./authority";
import { cainjector } from "./cainjector";
import { controller } from "./controller";
import { watches } from "./watches";
import { webhook, webhookPort } from "./webhook";

/**
 * Issues and renews certificates for whatever asks by an annotation: from a certificate authority of the lab's own, and by
 * choice from Let's Encrypt, whose certificates browsers know without being told.
 */
export const certManager = defineApp({
  name: "cert-manager",
  priority: "platform",
  crds: ["cert-manager"],

  settings: z.object({
    controllerImage: imageSetting.default(image("quay.io/jetstack/cert-manager-controller", "v1.21.2")),
    webhookImage: imageSetting.default(image("quay.io/jetstack/cert-manager-webhook", "v1.21.2")),
    cainjectorImage: imageSetting.default(image("quay.io/jetstack/cert-manager-cainjector", "v1.21.2")),
    /** While no webhook answers, nobody can ask for a certificate. */
    webhookReplicas: z.int().min(1).default(2),
    /** Certificates from Let's Encrypt, proven by a record in the lab's public DNS zone; without it there is only the lab's CA. */
    acme: acmeSetting.optional(),
    /**
     * Who is asked whether the record can be seen: public resolvers, over HTTPS. The cluster's DNS would answer with what the
     * lab's own resolver says of the zone, which is not what Let's Encrypt sees.
     */
    resolvers: z.array(z.url({ protocol: /^https$/ })).min(1).readonly().default(["https://1.1.1.1/dns-query", "https://8.8.8.8/dns-query"]),
    logLevel: z.int().min(0).max(5).default(2),
  }),

  needs: ({ settings, site }) => ({
    exposes: { webhook: { port: webhookPort, scheme: "https", reach: "cluster", servicePort: 443, component: "webhook", webhook: true } },
    secrets: { ...tokenNeeds(settings.acme), ...intermediateNeeds(site) },
    talksTo: {
      api: kubernetesApi(),
      ...acmeTalksTo(settings.acme),
      ...(settings.acme ? Object.fromEntries(settings.resolvers.map((url, index) => [`resolver${index}`, internet(new URL(url).hostname, { from: "cert-manager" })])) : {}),
    },
    watches,
  }),

  check: ({ settings, site }) =>
    site.cluster.provides.certificates?.issuer === "acme" && settings.acme === undefined
      ? [
          {
            rule: "issuer-configured",
            found: `${site.cluster.name} provides certificates from the issuer "acme", and no setting "acme"`,
            expected: "an ACME account and the provider of the lab's DNS zone",
            fix: `Give the setting "acme", or let ${site.cluster.name} provide certificates from "lab-ca"`,
          },
        ]
      : [],

  build(chart, { name, namespace, settings, site, grants }) {
    const { service } = grants.exposes.webhook;
    controller(chart, { image: settings.controllerImage, namespace, logLevel: settings.logLevel, resolvers: settings.acme ? settings.resolvers : [] });
    webhook(chart, { image: settings.webhookImage, namespace, logLevel: settings.logLevel, replicas: settings.webhookReplicas, service });
    cainjector(chart, { image: settings.cainjectorImage, namespace, logLevel: settings.logLevel, configuration: service });
    labAuthority(chart, site);
    if (settings.acme && grants.secrets["dns"]) acmeIssuer(chart, { account: `${name}-acme-account`, acme: settings.acme, zone: site.lab.domain, token: grants.secrets["dns"] });
  },
});
