import type { Architecture, Image } from "./image";
import type { Bytes, Cpu } from "./quantity";

/**
 * Pods that a controller makes later from what an app writes: an operator's, a runner's jobs, a person's notebook.
 * Fit, flows, backup and Pod Security read it as if the app had written them, and the end-to-end run compares it with
 * what the real operator makes.
 */
export interface Made {
  /** The component's name, as needs refer to it. */
  readonly component: string;
  /** Labels that the controller sets on the pods: selectors and policies match on these. */
  readonly labels: Readonly<Record<string, string>>;
  /** Another component whose pods these are, in another size: what that one says and hears, they do too. */
  readonly like?: string;
  /** How many at the most, or one on each node. */
  readonly count: number | "per-node";
  readonly requests: { readonly cpu: Cpu; readonly memory: Bytes; readonly ephemeralStorage?: Bytes };
  /** GPUs that each takes, or shares of one where the cluster shares them; the release says with `gpu` that it needs some. */
  readonly gpus?: number;
  readonly architectures?: readonly Architecture[];
  /** What they run: each is pulled onto the nodes where they stand. Without it, nobody knows what they take of a disk. */
  readonly images?: readonly Image[];
  /** The only nodes that they may stand on, by name; without it, wherever the placement leaves them. */
  readonly nodes?: readonly string[];
  /** No two of them stand on one node, whatever that means for those that find none. */
  readonly apart?: true;
  readonly hostNetwork?: boolean;
  /** A namespace other than the release's own, where the controller puts them elsewhere. */
  readonly namespace?: string;
  /** What the pods break of the `restricted` Pod Security Standard, each with its reason. */
  readonly exempt?: Readonly<Record<string, string>>;
  /** Claims that the controller makes for the pods, by need name. */
  readonly claims?: Readonly<Record<string, readonly string[]>>;
  /** Other objects that the controller makes, and that pods of this release mount or others name: `Secret/operator-tls`. */
  readonly objects?: readonly string[];
}
