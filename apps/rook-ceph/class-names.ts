/** Names of what claims ask for. They are written into claims, which keep them for ever. */
export const rookClasses = { block: "rook-ceph-block", shared: "rook-cephfs", bucket: "rook-ceph-bucket" } as const;

/** The same for a Ceph that runs outside Kubernetes. */
export const externalClasses = { block: "external-ceph-block", shared: "external-cephfs" } as const;

/** Names of Ceph's own pools, file system and object store; data is found again under them. */
export const cephNames = { pool: "block", filesystem: "shared", objectStore: "objects" } as const;

/** The Service that Rook makes in front of the object store's gateways: pkg/operator/ceph/object/spec.go. */
export const gatewayService = (namespace: string): string => `rook-ceph-rgw-${cephNames.objectStore}.${namespace}.svc.cluster.local`;
