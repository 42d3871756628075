import { z } from "zod";
import { defineApp } from "../../engine/model/app";
import { image, imageSetting } from "../../engine/model/image";
import { internet, kubernetesApi, type InternetPeer } from "../../engine/model/needs";
import { bytes, cpu } from "../../engine/model/quantity";
import { http } from "../../engine/workload/probe";
import { Workload } from "../../engine/workload/workload";
import { controllerAccount } from "./accounts";
import { alerts, series } from "./alerts";
import { clusterStore } from "./cluster-store";
import { hostsOf, storeSetting, type Store } from "./store";
import { logging, webhook } from "./webhook";

/** External Secrets: Kubernetes Secrets from the lab's vault, or made once in the cluster. */
export const externalSecrets = defineApp({
  name: "external-secrets",
  priority: "platform",
  crds: ["external-secrets"],

  settings: z.object({
    image: imageSetting.default(image("ghcr.io/external-secrets/external-secrets", "v2.9.0")),
    /** The vaults of this cluster, by the name that `externalSecrets({ store })` chooses. */
    stores: z.record(z.string().regex(/^[a-z0-9]([-a-z0-9]*[a-z0-9])?$/, { error: "a DNS label" }), storeSetting).default({}),
    /** Check what people write as they write it. Costs two small pods; a small cluster can do without. */
    webhook: z.boolean().default(true),
    cpu: cpu.default("20m"),
    memory: bytes.default("128Mi"),
  }),

  needs: ({ settings }) => ({
    exposes: {
      ...(settings.webhook ? { webhook: { port: 10250, scheme: "https" as const, reach: "cluster" as const, component: "webhook", servicePort: 443, webhook: true } } : {}),
    },
    talksTo: { api: kubernetesApi(), ...vaultHosts(settings.stores) },
    watches: { metrics: { controller: { port: 8080, series, honorLabels: true } }, rules: alerts },
  }),

  check({ settings, site }) {
    const provider = site.cluster.provides.secrets;
    const wanted = provider && "store" in provider ? String(provider.store) : undefined;
    if (wanted === undefined || wanted in settings.stores) return [];
    return [
      {
        rule: "secret-store-known",
        found: `provides.secrets names the store "${wanted}", and this release has ${Object.keys(settings.stores).join(", ") || "none"}`,
        expected: "one of its own stores",
        fix: `Add stores.${wanted} to its settings, or name another store in provides.secrets of ${site.cluster.name}`,
      },
    ];
  },

  build(chart, { namespace, settings, grants }) {
    const federated = Object.values(settings.stores).some((store) => store.auth.by === "workload-identity-federation");
    const account = controllerAccount(chart, { mintsTokens: federated });
    new Workload(chart, "external-secrets", {
      image: settings.image,
      account,
      args: [
        // A rollout runs two controllers side by side: only one may make a secret.
        "--enable-leader-election=true",
        "--enable-cluster-external-secret-reconciler=false",
        "--enable-cluster-push-secret-reconciler=false",
        // A namespace's own store would make the controller call wherever its author says.
        "--enable-secret-store-reconciler=false",
        "--metrics-addr=:8080",
        "--live-addr=:8082",
        ...logging,
      ],
      ports: { metrics: 8080, health: 8082 },
      resources: { cpu: settings.cpu, memory: settings.memory, memoryLimit: "256Mi" },
      probes: { ready: http("/readyz", 8082), live: http("/healthz", 8082) },
    });
    for (const [name, store] of Object.entries(settings.stores)) clusterStore(chart, name, store, { account: account.name, namespace });
    if (grants.exposes.webhook) webhook(chart, { service: grants.exposes.webhook.service, port: grants.exposes.webhook.port, image: settings.image });
  },
});

const vaultHosts = (stores: Readonly<Record<string, Store>>): Readonly<Record<string, InternetPeer>> =>
  Object.fromEntries(
    Object.entries(stores).flatMap(([name, store]) =>
      Object.entries(hostsOf(store)).map(([purpose, host]) => [`${name}-${purpose}`, internet(host, { from: "external-secrets" })]),
    ),
  );
