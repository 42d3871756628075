import type { z } from "zod";
import type { App, SettingsSchema } from "./app";
import type { Needs } from "./needs";

/** An app put on a cluster, with what the owner chose for it there. */
export interface Placement {
  readonly app: App;
  /** The release's name on its cluster. */
  readonly name: string;
  readonly settings: Readonly<Record<string, unknown>>;
  /** For each `talksTo`, the address of the release (`forge/ollama`) or the external that answers. */
  readonly using: Readonly<Record<string, string>>;
  /** Named storage of the cluster for a store, where its worth alone should not decide. */
  readonly storage: Readonly<Record<string, string>>;
  /** Only nodes with all of these labels. */
  readonly on: Readonly<Record<string, string>>;
  /** Taints that its pods may stand on. */
  readonly tolerates: readonly Toleration[];
  /** It may be down while one node is, though it is production: there is no second machine for it, or its volume is on the node. */
  readonly downWithItsNode?: { readonly because: string };
  readonly environment?: Environment;
  /** `observe`: Pod Security only warns and audits, and nothing is denied; for taking a running thing over step by step. */
  readonly enforcement: "enforce" | "observe";
  readonly adopt?: Adopt;
  readonly patch: readonly Patch[];
}

export type Environment = "production" | "staging" | "development";

export interface Toleration {
  readonly key: string;
  readonly value?: string;
  readonly effect: "NoSchedule" | "NoExecute" | "PreferNoSchedule";
}

/** Fixes what cannot change on a running thing: its namespace, its objects' names and its selectors. */
export interface Adopt {
  readonly namespace?: string;
  /** Ours → theirs: `{ "Deployment/ollama": "ollama-server" }`. References follow. */
  readonly names?: Readonly<Record<string, string>>;
  /** Component → the labels its running pods are selected by. */
  readonly selectors?: Readonly<Record<string, Readonly<Record<string, string>>>>;
  /**
   * The field manager that wrote the running objects, where that was not `kubectl apply`: `helm`, or `argocd-controller` of an
   * Argo CD without server-side apply. Without it, what that one wrote and we do not would stay: a second container, a volume.
   */
  readonly writtenBy?: string;
  /**
   * What becomes of the running app's own value of each secret that would be generated. `kept`: it is where ours is taken from, in
   * the vault or in our own ExternalSecret under its old name. `new`: the app can do without it.
   */
  readonly secrets?: Readonly<Record<string, "kept" | "new">>;
}

/** A change to one object that no setting offers. One that matches nothing is a finding. */
export interface Patch {
  /** `Deployment/ollama`. */
  readonly of: string;
  /** JSON pointer: `/spec/template/spec/hostname`. */
  readonly at: string;
  /** The new value; without it the field is removed. */
  readonly value?: unknown;
  readonly because: string;
}

export interface PlacementOptions<Schema extends SettingsSchema, N extends Needs> {
  readonly as?: string;
  readonly using?: { readonly [K in keyof N["talksTo"]]?: string };
  readonly storage?: { readonly [K in keyof N["stores"]]?: string };
  readonly on?: Readonly<Record<string, string>>;
  readonly tolerates?: readonly Toleration[];
  readonly downWithItsNode?: { readonly because: string };
  readonly environment?: Environment;
  readonly enforcement?: "enforce" | "observe";
  readonly adopt?: Adopt;
  readonly patch?: readonly Patch[];
  readonly settings?: z.input<Schema>;
}

/** `settings` may be left out only where every setting has a default. */
type Options<Schema extends SettingsSchema, N extends Needs> = Record<never, never> extends z.input<Schema>
  ? [options?: PlacementOptions<Schema, N>]
  : [options: PlacementOptions<Schema, N> & { readonly settings: z.input<Schema> }];

/** Puts an app on a cluster: `place(ollama, { as: "ollama-embed", settings: { … } })`. Given settings replace defaults whole. */
export function place<Schema extends SettingsSchema, N extends Needs>(app: App<Schema, N>, ...[options]: Options<Schema, N>): Placement {
  const given: PlacementOptions<Schema, N> = options ?? {};
  return {
    app,
    name: given.as ?? app.name,
    settings: { ...given.settings },
    using: definedOnly(given.using),
    storage: definedOnly(given.storage),
    on: given.on ?? {},
    tolerates: given.tolerates ?? [],
    enforcement: given.enforcement ?? "enforce",
    patch: given.patch ?? [],
    ...(given.downWithItsNode ? { downWithItsNode: given.downWithItsNode } : {}),
    ...(given.environment ? { environment: given.environment } : {}),
    ...(given.adopt ? { adopt: given.adopt } : {}),
  };
}

function definedOnly(values: Readonly<Record<string, string | undefined>> | undefined): Readonly<Record<string, string>> {
  return Object.fromEntries(Object.entries(values ?? {}).flatMap(([key, value]) => (value === undefined ? [] : [[key, value]])));
}
