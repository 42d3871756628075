/** A tool that writes copies. Each has an account and buckets of its own, and may do no more than it must. */
export type Writer = "velero" | "database-dumps" | "object-mirror" | "k3s-snapshots" | "restic";

/** Whose token a pod shows. */
export interface PodIdentity {
  readonly namespace: string;
  readonly account: string;
}

/** What a tool must be allowed to do with what it wrote. */
export interface WriterFacts {
  /** What the copies are, in a table's words. */
  readonly copies: string;
  readonly reads: boolean;
  /**
   * `never`: what is written stays, so a retention period can hold it. `locks`: only its own lock files go. `anything`: it
   * compacts, expires or overwrites, so old versions are kept instead.
   */
  readonly deletes: "never" | "locks" | "anything";
  /** Pods whose own token proves who they are: one of its own, or one beside each store; or `key`: it runs outside Kubernetes, or speaks only S3. */
  readonly identity: PodIdentity | "beside" | "key";
  /** Whether it hands out links to single objects, which it must sign as its account. */
  readonly signs?: true;
  /** Whether every run writes the whole again, rather than what changed. */
  readonly whole: boolean;
}

/** Where restic keeps its locks: https://restic.readthedocs.io/en/stable/100_references.html#locks */
export const resticLocks = "locks/";

/** A tool that runs as an app of its own name, in its own namespace. */
const pod = (name: string) => ({ namespace: name, account: name });

export const writers: Readonly<Record<Writer, WriterFacts>> = {
  // Expired backups and Kopia's maintenance delete: https://velero.io/docs/main/file-system-backup/. Its command line reads logs
  // through signed links: README of velero-plugin-for-gcp.
  velero: { copies: "volumes and objects", reads: true, deletes: "anything", identity: pod("velero"), signs: true, whole: false },
  "database-dumps": { copies: "database dumps", reads: false, deletes: "never", identity: pod("database-dumps"), whole: true },
  // Google asks for the right to delete where an object is replaced: https://cloud.google.com/storage/docs/access-control/iam-json
  "object-mirror": { copies: "buckets", reads: true, deletes: "anything", identity: "beside", whole: false },
  // Part of the k3s process: it has no pod, and speaks S3 with a key.
  "k3s-snapshots": { copies: "cluster states", reads: true, deletes: "never", identity: "key", whole: true },
  restic: { copies: "files of hosts", reads: true, deletes: "locks", identity: "key", whole: false },
};

export const allWriters = Object.keys(writers) as readonly Writer[];
