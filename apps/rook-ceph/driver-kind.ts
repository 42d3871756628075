import type { RookCephSettings } from "./settings";

/** What Ceph is mounted as: RADOS block devices, or the shared file system. */
export type DriverKind = "rbd" | "cephfs";

/** The drivers of what a Ceph in the cluster offers. */
export const driverKinds = ({ offers }: Pick<RookCephSettings, "offers">): readonly DriverKind[] => [...(offers.includes("block") ? (["rbd"] as const) : []), ...(offers.includes("shared") ? (["cephfs"] as const) : [])];

/** What such a driver signs in with. Rook makes them as soon as there is a cluster: pkg/operator/ceph/csi/secrets.go. */
export const driverSecrets = (kind: DriverKind) => ({ controller: `rook-csi-${kind}-provisioner`, node: `rook-csi-${kind}-node` });

/** How storage classes name a driver; Rook looks for its own under the namespace of its operator. */
export const driverName = (namespace: string, kind: DriverKind): string => `${namespace}.${kind}.csi.ceph.com`;
