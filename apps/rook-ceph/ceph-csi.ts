import { ApiObject } from "cdk8s";
import { z } from "zod";
import { defineApp } from "../../engine/model/app";
import { addresses, kubernetesApi, vault, type Peer } from "../../engine/model/needs";
import { bytes } from "../../engine/model/quantity";
import { ClientProfile } from "../../imports/ceph-csi-operator";
import { daemonPorts, monitorPorts } from "./calls";
import { externalClasses } from "./class-names";
import { blockParameters, volumeClass } from "./classes";
import { driverPods } from "./driver-resources";
import type { DriverKind } from "./driver-kind";
import { drivers } from "./drivers";
import { driverImages } from "./settings";

/** A Ceph that runs elsewhere, such as Proxmox' own, as its administrator describes it. */
export const externalCephSettings = z.object({
  /** Addresses of its monitors: `ceph mon dump`. */
  monitors: z.array(z.ipv4()).min(1).readonly(),
  /** Where its other daemons answer: `ceph config get osd public_network`. */
  network: z.cidrv4(),
  /** A pool for block devices, made for this: `ceph osd pool create kubernetes && rbd pool init kubernetes`. */
  pool: z.string().optional(),
  /** A file system with a subvolume group for this: `ceph fs subvolumegroup create <name> csi`. */
  filesystem: z.string().optional(),
  /** Who signs in, without `client.`: mon 'profile rbd', mgr 'allow rw', osd 'profile rbd' and, for a file system, mds 'allow rw'. */
  user: z.string().default("kubernetes"),
  /** Under which name the lab's vault keeps that user's key. Kernels before 7.0 need one of type aes: `ceph auth get-or-create --key-type aes`. */
  key: z.string(),
  /** What volumes may add up to, where it is known. */
  capacity: bytes.optional(),
});

const clusterId = "external";
const userSecret = "external-ceph-user";

/** Volumes from a Ceph that runs outside Kubernetes: only the storage drivers run here. */
export const cephCsi = defineApp({
  name: "ceph-csi",
  priority: "node",
  crds: ["ceph-csi-operator", "external-snapshotter"],
  settings: z.object({ ...driverImages, ...externalCephSettings.shape, controllers: z.int().min(1).default(2) }),

  needs: ({ settings }) => ({
    secrets: { user: vault(settings.key, { name: userSecret, data: { userID: settings.user, userKey: "{{ .value }}" } }) },
    talksTo: Object.fromEntries(controllersOf(settings).flatMap((from) => Object.entries(callsFrom(from, settings)))) as Readonly<Record<string, Peer>>,
  }),

  makes: ({ namespace, settings }) => kindsOf(settings).flatMap((kind) => driverPods(namespace, kind, settings.controllers)),

  check: ({ settings, site }) =>
    kindsOf(settings).length
      ? []
      : [{ rule: "ceph-offers", found: `neither a pool nor a file system of the Ceph that ${site.cluster.name} should use`, expected: "at least one of them", fix: "Give `pool`, `filesystem`, or both" }],

  build(chart, { namespace, settings, grants }) {
    drivers(chart, { namespace, images: settings, kinds: kindsOf(settings), controllers: settings.controllers, pods: grants.pods });
    new ApiObject(chart, "connection", { apiVersion: "csi.ceph.io/v1", kind: "CephConnection", metadata: { name: clusterId }, spec: { monitors: settings.monitors.map((address) => `${address}:6789`) } });
    new ClientProfile(chart, "profile", { metadata: { name: clusterId }, spec: { cephConnectionRef: { name: clusterId }, ...(settings.filesystem ? { cephFs: { subVolumeGroup: "csi" } } : {}) } });
    const volumes = { namespace, clusterId, secrets: { controller: grants.secrets.user.name, node: grants.secrets.user.name } } as const;
    if (settings.pool) volumeClass(chart, { ...volumes, name: externalClasses.block, kind: "rbd", parameters: blockParameters(settings.pool) });
    if (settings.filesystem) volumeClass(chart, { ...volumes, name: externalClasses.shared, kind: "cephfs", parameters: { fsName: settings.filesystem } });
  },
});

type Here = Pick<z.output<typeof externalCephSettings>, "pool" | "filesystem" | "monitors" | "network">;

const kindsOf = ({ pool, filesystem }: Pick<Here, "pool" | "filesystem">): readonly DriverKind[] => [...(pool ? (["rbd"] as const) : []), ...(filesystem ? (["cephfs"] as const) : [])];

const controllersOf = (settings: Here): readonly string[] => ["driver-operator", ...kindsOf(settings).map((kind) => `${kind}-controller`)];

/** The node plugins stand on the nodes' own network, where no policy holds. */
const callsFrom = (from: string, { monitors, network }: Here): Readonly<Record<string, Peer>> => ({
  [`${from}-api`]: kubernetesApi({ from }),
  ...(from === "driver-operator"
    ? {}
    : {
        ...Object.fromEntries(monitorPorts.map((port) => [`${from}-monitor-${port}`, addresses(monitors.map((address) => `${address}/32`), port, { from })])),
        [`${from}-daemons`]: addresses([network], daemonPorts.first, { from, endPort: daemonPorts.last }),
      }),
});
