import type { Chart } from "cdk8s";
import { defineApp } from "../../engine/model/app";
import { generated, kubernetesApi, precious, type Peer } from "../../engine/model/needs";
import type { Site } from "../../engine/model/site";
import { Account } from "../../engine/workload/account";
import { ConfigFiles } from "../../engine/workload/config-files";
import { BackupStorageLocation } from "../../imports/velero";
import { madePods } from "./copying-pods";
import { drill, restoredPod, scratchNamespace } from "./drill";
import { locationHosts, locationNeeds, locationOf, type Location } from "./location";
import { mistakes } from "./mistakes";
import { nearBuckets, nearLocations, nearPeers, nearSecrets } from "./near";
import { permissions } from "./permissions";
import { planOf, preciousCopiesFiles, protectedNamespaces, takesSnapshots } from "./protected";
import { backupRunbook } from "./runbook";
import { locationName, schedules, volumePolicy } from "./schedules";
import { server } from "./server";
import { settings } from "./settings";
import { watches } from "./watches";

/** Copies what is precious out of the house, night after night, and proves that it comes back. */
export const velero = defineApp({
  name: "velero",
  priority: "platform",
  crds: ["velero"],
  settings,

  needs: ({ name, namespace, settings, site }) => {
    const location = locationNeeds(site, settings);
    return {
      stores: {
        // As precious as what it stands for: it must be copied in the same way.
        drill: precious("64Mi"),
        ...(location.stores.copies ? { copies: location.stores.copies } : {}),
      },
      secrets: {
        // Whatever is in the bucket cannot be read without it. Velero finds it under this name: pkg/repository/keys.
        repositories: generated({ guards: true, shape: { name: "velero-repo-credentials", data: { "repository-password": "{{ .value }}" } } }),
        ...(location.secrets.accessKey && location.secrets.secretKey ? { accessKey: location.secrets.accessKey, secretKey: location.secrets.secretKey } : {}),
        ...nearSecrets(site),
      },
      talksTo: calls(site),
      watches: watches(name, namespace, planOf(site).every, `docs/runbooks/${site.cluster.name}-backups.md`),
    };
  },

  makes: ({ name, settings }) => [...madePods(name, settings), restoredPod(name)],

  check: mistakes,

  build(chart, { name, namespace, settings, site, grants, neighbours }) {
    const kept = protectedNamespaces(neighbours);
    const location = locationOf(site, settings, { ...grants.stores, ...grants.secrets });
    const snapshots = takesSnapshots(site);
    const writes = [...kept.map((it) => it.namespace), scratchNamespace(name)];
    const account = new Account(chart, "velero", permissions(writes, snapshots));
    storageLocation(chart, location);
    nearLocations(chart, site);
    new ConfigFiles(chart, "volumes", { "policy.yaml": skipsTemporary }, { name: volumePolicy });
    server(chart, { name, namespace, settings, location, repositories: grants.secrets.repositories, near: nearBuckets(site).length > 0, account, snapshots, priorityClassName: grants.pods.priorityClassName });
    schedules(chart, kept, planOf(site), settings.hour, nearBuckets(site).map(({ place }) => place));
    drill(chart, { name, namespace, settings, volume: grants.stores.drill, copiesFiles: preciousCopiesFiles(site) });
  },

  runbooks({ site }, world): Readonly<Record<string, string>> {
    const text = backupRunbook(world, site.cluster);
    return text === undefined ? {} : { backups: text };
  },
});

/** What lives no longer than its pod is not worth a copy: internal/resourcepolicies in Velero's source. */
const skipsTemporary = `version: v1
volumePolicies:
  - conditions:
      volumeTypes: [emptyDir]
    action:
      type: skip
`;

function storageLocation(chart: Chart, { provider, bucket, config }: Location): void {
  new BackupStorageLocation(chart, "location", {
    metadata: { name: locationName },
    spec: { provider, default: true, objectStorage: { bucket }, config: { ...config } },
  });
}

/** Whoever reads or writes copies reaches every bucket; everybody asks the Kubernetes API. */
function calls(site: Site): Readonly<Record<string, Peer>> {
  const api = ["velero", "node-agent", "data-mover", "repository-maintenance", "drill"].map((from) => [`${from}-api`, kubernetesApi({ from })] as const);
  const copying = ["velero", "data-mover", "repository-maintenance"].flatMap((from) => [
    ...locationHosts(site).map((host) => [`${from}-${host.host}`, { ...host, from }] as const),
    ...Object.entries(nearPeers(site, from)),
  ]);
  return Object.fromEntries<Peer>([...api, ...copying]);
}
