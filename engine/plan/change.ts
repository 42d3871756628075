import type { Manifest } from "../model/manifest";
import type { Application } from "./application";
import type { Effect } from "./effect";
import type { FieldChange } from "./field-change";
import type { Side } from "./side";

/**
 * What Argo CD does with an object, as our sync options tell it: it creates, applies (server-side), deletes and makes anew
 * (`Force=true,Replace=true`), prunes, or leaves alone what it may not prune. A hook it neither compares nor prunes, but runs.
 */
export type Fate = "create" | "apply" | "replace" | "prune" | "leave" | "hook";

/** One object that is not the same on both sides. */
export interface ObjectChange {
  readonly address: string;
  readonly cluster: string;
  /** `Deployment ollama/ollama`. */
  readonly object: string;
  readonly kind: string;
  /** The namespace that it is in, or that of its release where it is in none. */
  readonly namespace: string;
  readonly path: string;
  readonly before: Manifest | undefined;
  readonly after: Manifest | undefined;
  readonly fields: readonly FieldChange[];
  readonly fate: Fate;
  /** Another object of the release that takes its place under another name: a Job is named after what it does. */
  readonly successor?: string;
}

/** What a rule may look at besides the object itself. */
export interface Context {
  readonly before: Neighbourhood;
  readonly after: Neighbourhood;
}

/** Everything that is committed for one cluster on one side. */
export interface Neighbourhood {
  readonly side: Side;
  readonly applications: ReadonlyMap<string, Application>;
  /** Every object of a cluster, in no order that means anything. */
  objectsOn(cluster: string): readonly Placed[];
}

export interface Placed {
  readonly address: string;
  readonly namespace: string;
  readonly manifest: Manifest;
}

/** What a rule says of a change. */
export interface Verdict {
  readonly effect: Effect;
  /** What happens, in the words of Kubernetes and Argo CD, without a full stop. */
  readonly says: string;
  /** The field that decides, where one does. */
  readonly field?: string;
  /** The API server refuses it: the sync fails, and what runs stays as it is until somebody acts. */
  readonly refused?: true;
  /** Somebody or something may do more than before: roles, network policies, privileges. */
  readonly opens?: true;
}

/** A verdict with where it is from. */
export interface Consequence extends Verdict {
  /** What would open something, but is all new: a part of the release that comes. It stands instead of `opens`. */
  readonly brings?: true;
  readonly address: string;
  readonly object: string;
  readonly rule: string;
}

/** One noun's rule: what its changes come to. It says nothing of what it does not know. */
export interface Rule {
  readonly name: string;
  readonly judge: (change: ObjectChange, context: Context) => readonly Verdict[];
}
