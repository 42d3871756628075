import type { Chart } from "cdk8s";
import type { z } from "zod";
import type { Report } from "./finding";
import type { Grants } from "./grants";
import type { Made } from "./makes";
import type { Needs } from "./needs";
import type { World } from "./resolve";
import type { Neighbour } from "./neighbour";
import type { Site } from "./site";

/** The settings an app takes, as a zod object: units, defaults and what is required are one value. */
export type SettingsSchema = z.ZodObject;

/** What `needs` and `makes` may read: the release's settings, and where it runs. */
export interface Placed<Settings> {
  /** The release's name, which is also the base of its objects' names. */
  readonly name: string;
  readonly namespace: string;
  readonly settings: Settings;
  readonly site: Site;
}

/** What `build` may read besides: what the cluster granted, and what runs beside it. */
export interface Building<Settings, N extends Needs> extends Placed<Settings> {
  readonly grants: Grants<N>;
  /** What else runs on the cluster: what a backup, a status page or a dashboard is about. */
  readonly neighbours: readonly Neighbour[];
}

/** A definition of something that can run. It knows no cluster and no other app. */
export interface App<Schema extends SettingsSchema = SettingsSchema, N extends Needs = Needs> {
  readonly name: string;
  readonly settings: Schema;
  /** Where it matters most: system components keep running when a node is full. */
  readonly priority: Priority;
  /** Operators whose CRDs it needs installed beside it, as named in imports/operators.ts. */
  readonly crds: readonly string[];
  /** What its pods may be: the laxest Pod Security level its namespace may get. Exemptions carry the reasons. */
  needs(placed: Placed<z.output<Schema>>): N;
  makes(placed: Placed<z.output<Schema>>): readonly Made[];
  /** What is wrong with the settings together, or with them on this site, beyond what their types say. */
  check(placed: Placed<z.output<Schema>>): readonly Mistake[];
  /** What its owner must be able to read when things are broken, as Markdown by name: written for this site's own machines. */
  runbooks(placed: Placed<z.output<Schema>>, world: World): Readonly<Record<string, string>>;
  /** Writes the app's objects into a real cdk8s Chart. */
  build(chart: Chart, release: Building<z.output<Schema>, N>): void;
}

/** A finding of an app's own about a release; `resolve` fills in whose. */
export type Mistake = Omit<Report, "address">;

/** Priority classes of the lab, highest first. `node` and `platform` apps are what others stand on. */
export type Priority = "node" | "platform" | "service" | "batch";

/** Defines an app. `needs` decides the type of `grants` that `build` gets. */
export function defineApp<Schema extends SettingsSchema, const N extends Needs>(app: {
  readonly name: string;
  readonly settings: Schema;
  readonly priority?: Priority;
  readonly crds?: readonly string[];
  needs(placed: Placed<z.output<Schema>>): N;
  makes?(placed: Placed<z.output<Schema>>): readonly Made[];
  check?(placed: Placed<z.output<Schema>>): readonly Mistake[];
  runbooks?(placed: Placed<z.output<Schema>>, world: World): Readonly<Record<string, string>>;
  build(chart: Chart, release: Building<z.output<Schema>, N>): void;
}): App<Schema, N> {
  return { priority: "service", crds: [], makes: () => [], check: () => [], runbooks: () => ({}), ...app };
}
