/** What Ceph is mounted as: RADOS block devices, or the shared file system. */
export type DriverKind = "rbd" | "cephfs";

/** How storage classes name a driver; Rook looks for its own under the namespace of its operator. */
export const driverName = (namespace: string, kind: DriverKind): string => `${namespace}.${kind}.csi.ceph.com`;
