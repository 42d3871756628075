import { defineApp } from "../../engine/model/app";
import { calls, gatewayPort, managerPorts } from "./calls";
import { cephNames, rookClasses } from "./class-names";
import { blockParameters, bucketClass, volumeClass } from "./classes";
import { cephCluster } from "./cluster";
import { daemonAccounts } from "./daemon-accounts";
import { daemons } from "./daemons";
import { cephHosts } from "./disks";
import { driverPods } from "./driver-resources";
import { driverKinds, driverSecrets } from "./driver-kind";
import { drivers } from "./drivers";
import { mistakes } from "./mistakes";
import { operator } from "./operator";
import { pools } from "./pools";
import { cephRunbook } from "./runbook";
import { settings, shapeOf } from "./settings";
import { toolbox } from "./toolbox";
import { watches } from "./watches";

/**
 * Storage that survives a disk and, from three hosts on, a host: Ceph on the hosts' own disks, run by Rook. Block volumes for one
 * pod, a shared file system, and S3 buckets.
 */
export const rookCeph = defineApp({
  name: "rook-ceph",
  priority: "node",
  crds: ["rook", "ceph-csi-operator", "external-snapshotter"],
  settings,

  needs: ({ settings }) => ({
    exposes: {
      // The standby would send everybody to the active one's own address, which only pods can reach.
      dashboard: { port: managerPorts.dashboard, scheme: "http", reach: "lan", component: "manager", host: "ceph", only: { mgr_role: "active" } },
      ...(settings.offers.includes("bucket")
        ? { s3: { port: gatewayPort, scheme: "http", reach: settings.bucketReach, component: "gateway", host: "s3", speaks: "s3" } as const }
        : {}),
    },
    talksTo: calls(settings),
    watches,
  }),

  makes: ({ namespace, settings, site }) => [
    ...daemons(namespace, settings, cephHosts(site.cluster, settings.disks)),
    ...driverKinds(settings).flatMap((kind) => driverPods(namespace, kind, shapeOf(settings).driverControllers)),
  ],

  check: mistakes,

  build(chart, { name, namespace, settings, site, grants: { pods } }) {
    const hosts = cephHosts(site.cluster, settings.disks);
    operator(chart, settings.operatorImage);
    daemonAccounts(chart);
    drivers(chart, { namespace, images: settings, kinds: driverKinds(settings), controllers: shapeOf(settings).driverControllers, pods });
    cephCluster(chart, name, settings, hosts, pods);
    pools(chart, settings, hosts, pods);
    const volumes = { namespace, clusterId: namespace } as const;
    if (settings.offers.includes("block"))
      volumeClass(chart, { ...volumes, name: rookClasses.block, kind: "rbd", secrets: driverSecrets("rbd"), parameters: blockParameters(cephNames.pool) });
    if (settings.offers.includes("shared"))
      volumeClass(chart, { ...volumes, name: rookClasses.shared, kind: "cephfs", secrets: driverSecrets("cephfs"), parameters: { fsName: cephNames.filesystem, pool: `${cephNames.filesystem}-replicated` } });
    if (settings.offers.includes("bucket")) bucketClass(chart, rookClasses.bucket, namespace, cephNames.objectStore);
    if (settings.toolbox) toolbox(chart, settings.cephImage);
  },

  runbooks({ site }): Readonly<Record<string, string>> {
    const text = cephRunbook(site.cluster);
    return text === undefined ? {} : { ceph: text };
  },
});
