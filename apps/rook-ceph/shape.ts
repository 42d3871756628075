/** What a Ceph cluster of a size comes to. */
export interface Shape {
  /** Keep the map of everything; a majority of them must live. */
  readonly monitors: number;
  readonly managers: number;
  /** What may break without taking data along: one disk, or one whole host. */
  readonly failureDomain: "osd" | "host";
  /** Copies of everything, each in a failure domain of its own. */
  readonly replicas: number;
  /** Metadata servers: one answers, a second one follows it and takes over within seconds. */
  readonly metadataServers: 1 | 2;
  readonly gateways: number;
  /** Controllers of each storage driver: one works, the other waits. */
  readonly driverControllers: number;
}

/** The two that a homelab has: everything on one machine, where a disk may break, or three and more, where any one may. */
export const shapes = {
  "single-node": { monitors: 1, managers: 1, failureDomain: "osd", replicas: 2, metadataServers: 1, gateways: 1, driverControllers: 1 },
  "three-node": { monitors: 3, managers: 2, failureDomain: "host", replicas: 3, metadataServers: 2, gateways: 2, driverControllers: 2 },
} as const satisfies Readonly<Record<string, Shape>>;

export type ShapeName = keyof typeof shapes;
