import type { Assertion } from "../../control-plane/assertions/assertion";
import type { OperatorName } from "../build/operator-program";
import type { Adaptation } from "../pods/adaptation";
import type { Excuse } from "../rbac/account-use";
import type { LabCluster } from "./lab-cluster";

/** An operator of the lab that is run for real, and what it must do with our manifests. */
export interface Operator {
  readonly name: OperatorName;
  readonly parts: readonly Part[];
  /** Refusals that come of running another version than the one that our roles are made for. */
  readonly excuses?: readonly Excuse[];
  /** What the test changes besides paths and ports, in words for the report. */
  readonly changes?: readonly string[];
  /** Waits for what it must do, and tells what it did not. */
  examine(cluster: LabCluster): Promise<readonly Assertion[]>;
}

/** One Deployment of an operator, as a process. */
export interface Part extends Adaptation {
  readonly deployment: string;
  /** Its arguments and environment that depend on where its files lie. */
  at?(root: string): { readonly flags?: Readonly<Record<string, string>>; readonly environment?: Readonly<Record<string, string>> };
  /** The variable by which it learns its pod's name, where it looks itself up. */
  readonly podNameVariable?: string;
  /** The Service by which the API server calls it, and the port that it listens on here. */
  readonly webhook?: { readonly service: string; readonly port: number };
}
