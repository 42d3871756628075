import type { Chart } from "cdk8s";
import { CephBlockPool, CephBlockPoolSpecName, CephFilesystem, CephObjectStore } from "../../imports/rook";
import type { PodsGrant } from "../../engine/model/grants";
import { resourcesOf } from "../../engine/workload/takes";
import { cephNames } from "./class-names";
import { metadataTakes, takes } from "./daemons";
import type { CephHost } from "./disks";
import { apart, onHosts } from "./placement";
import { shapeOf, type RookCephSettings } from "./settings";
import type { Shape } from "./shape";

/** What keeps data in Ceph: a pool for block devices, a file system, an object store, all with the shape's copies. */
export function pools(chart: Chart, settings: RookCephSettings, hosts: readonly CephHost[], pods: PodsGrant): void {
  const shape = shapeOf(settings);
  const copies = copiesOf(shape);
  // The manager's own pool would otherwise want three hosts, and Ceph would never be healthy on one.
  new CephBlockPool(chart, "pool-mgr", { metadata: { name: "builtin-mgr" }, spec: { name: CephBlockPoolSpecName.VALUE_PERIOD_MGR, ...copies } });
  if (settings.offers.includes("block")) new CephBlockPool(chart, "pool-block", { metadata: { name: cephNames.pool }, spec: copies });
  if (settings.offers.includes("shared")) filesystem(chart, settings, shape, hosts, pods);
  if (settings.offers.includes("bucket")) objectStore(chart, shape, hosts, pods);
}

const copiesOf = ({ failureDomain, replicas }: Shape) => ({
  failureDomain,
  // Without it Ceph accepts writes that only one disk has seen.
  replicated: { size: replicas, requireSafeReplicaSize: replicas > 1 },
  parameters: { compression_mode: "none" },
});

function filesystem(chart: Chart, settings: RookCephSettings, shape: Shape, hosts: readonly CephHost[], pods: PodsGrant): void {
  const standby = shape.metadataServers > 1;
  new CephFilesystem(chart, "filesystem", {
    metadata: { name: cephNames.filesystem },
    spec: {
      metadataPool: copiesOf(shape),
      dataPools: [{ name: "replicated", ...copiesOf(shape) }],
      preserveFilesystemOnDelete: true,
      metadataServer: {
        activeCount: 1,
        activeStandby: standby,
        priorityClassName: "system-cluster-critical",
        placement: { ...onHosts(hosts, pods), ...(standby ? apart("rook-ceph-mds") : {}) },
        resources: resourcesOf(metadataTakes(settings)),
      },
    },
  });
}

function objectStore(chart: Chart, shape: Shape, hosts: readonly CephHost[], pods: PodsGrant): void {
  const copies = copiesOf(shape);
  new CephObjectStore(chart, "object-store", {
    metadata: { name: cephNames.objectStore },
    spec: {
      metadataPool: copies,
      dataPool: { ...copies, parameters: { ...copies.parameters, bulk: "true" } },
      preservePoolsOnDelete: true,
      gateway: {
        port: 80,
        instances: shape.gateways,
        priorityClassName: pods.priorityClassName,
        placement: onHosts(hosts, pods),
        resources: resourcesOf(takes.gateway),
      },
    },
  });
}
