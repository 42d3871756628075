import type { App } from "./app";
import type { Cluster, Retired } from "./cluster";
import type { Image } from "./image";
import type { Made } from "./makes";
import type { Needs } from "./needs";
import type { Environment, Placement } from "./placement";
import type { Site } from "./site";

/** A placement with every choice made: the only thing the rest of the engine reads. */
export interface Release {
  /** `cluster/name`. */
  readonly address: string;
  readonly name: string;
  readonly namespace: string;
  readonly app: App;
  readonly cluster: Cluster;
  readonly site: Site;
  readonly placement: Placement;
  readonly environment: Environment;
  readonly settings: Readonly<Record<string, unknown>>;
  /** Where each setting's value came from, for `explain`. */
  readonly sources: Readonly<Record<string, SettingSource>>;
  readonly needs: Needs;
  readonly makes: readonly Made[];
  /** Every image that its settings name: pods may run no other. */
  readonly images: readonly Image[];
  /** For each protocol it talks to, who answers. */
  readonly callees: Readonly<Record<string, Callee>>;
  /** Set where it is on its way out. */
  readonly retired?: Retired;
}

export type SettingSource = "lab" | "app" | "environment" | "placement";

/** Who answers a call: an endpoint of another release, or an external. */
export type Callee =
  | { readonly kind: "release"; readonly address: string; readonly endpoint: string }
  | { readonly kind: "external"; readonly name: string };

/** The namespaces of a release: its own, and those where its controllers make pods. */
export const namespacesOf = (release: Release): readonly string[] => [...new Set([release.namespace, ...release.makes.flatMap((it) => it.namespace ?? [])])];

/** Labels that select a component's pods, for ever: stable words, never a hash. */
export function selectorOf(release: Release, component: string = release.app.name): Readonly<Record<string, string>> {
  const made = release.makes.find((it) => it.component === component);
  const adopted = release.placement.adopt?.selectors?.[component];
  return adopted ?? made?.labels ?? standardLabels(release.app.name, release.name, component);
}

export const standardLabels = (app: string, name: string, component: string): Readonly<Record<string, string>> => ({
  "app.kubernetes.io/name": app,
  "app.kubernetes.io/instance": name,
  "app.kubernetes.io/component": component,
});
