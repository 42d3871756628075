import type { z } from "zod";
import type { App, SettingsSchema } from "./app";
import { error, type Finding } from "./finding";
import type { Lab } from "./lab";
import type { Environment, Placement } from "./placement";
import type { SettingSource } from "./release";
import { nearest } from "./nearest";

export interface Resolved {
  readonly settings: Readonly<Record<string, unknown>>;
  readonly sources: Readonly<Record<string, SettingSource>>;
}

/** Each setting's value and where it came from, or what is wrong with what was given. */
export type SettingsReader = (placement: Placement, environment: Environment, address: string) => Resolved | readonly Finding[];

/**
 * The last of lab, app, environment and placement that names a setting wins, and its value is taken whole: nothing is merged.
 * An app's schema is made strict once for all its placements, because zod compiles each schema that it has not seen.
 */
export function settingsReader(lab: Lab): SettingsReader {
  const strict = new Map<App, SettingsSchema>();
  const strictly = (app: App): SettingsSchema => {
    const schema = strict.get(app) ?? app.settings.strict();
    strict.set(app, schema);
    return schema;
  };
  return (placement, environment, address) => resolveSettings(lab, placement, environment, address, strictly(placement.app));
}

function resolveSettings(lab: Lab, placement: Placement, environment: Environment, address: string, schema: SettingsSchema): Resolved | readonly Finding[] {
  const shape = placement.app.settings.shape;
  const fromLab = Object.entries(lab.defaults ?? {}).filter(([key]) => key in shape && requiredIn(shape[key]));
  const fromEnvironment = Object.entries(lab.environments?.[environment]?.[placement.app.name] ?? {});
  const given = Object.fromEntries([...fromLab, ...fromEnvironment, ...Object.entries(placement.settings)]);

  const parsed = schema.safeParse(given);
  if (!parsed.success) return parsed.error.issues.flatMap((issue) => findingsOf(issue, given, address, Object.keys(shape)));

  const sources: Record<string, SettingSource> = {};
  for (const key of Object.keys(shape)) sources[key] = "app";
  for (const [key] of fromLab) sources[key] = "lab";
  for (const [key] of fromEnvironment) sources[key] = "environment";
  for (const key of Object.keys(placement.settings)) sources[key] = "placement";
  return { settings: parsed.data, sources };
}

/** Lab defaults fill only what an app leaves open. */
const requiredIn = (type: unknown): boolean => !(type as z.ZodType).safeParse(undefined).success;

function findingsOf(issue: z.core.$ZodIssue, given: Readonly<Record<string, unknown>>, address: string, known: readonly string[]): readonly Finding[] {
  if (issue.code === "unrecognized_keys" && issue.path.length === 0)
    return issue.keys.map((key) =>
      error({
        rule: "setting-known",
        address,
        found: `setting "${key}", which the app does not have`,
        expected: `one of: ${known.join(", ")}`,
        fix: nearest(key, known) ? `Write "${nearest(key, known)}"` : `Remove "${key}"`,
      }),
    );
  const setting = issue.path.map(String).join(".");
  const value = valueAt(given, issue.path);
  return [
    error({
      rule: "setting-valid",
      address,
      found: value === undefined ? `no value for setting "${setting}"` : `setting "${setting}" = ${JSON.stringify(value)}`,
      expected: issue.message,
      fix: `Give "${setting}" such a value where ${address} is placed`,
    }),
  ];
}

/** What was given where an issue points: zod keeps inputs out of its issues. */
const valueAt = (given: unknown, path: readonly PropertyKey[]): unknown =>
  path.reduce<unknown>((at, key) => (typeof at === "object" && at !== null ? Reflect.get(at, key) : undefined), given);
