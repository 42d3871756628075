import { sentenceOf } from "../model/finding";
import type { Lab } from "../model/lab";
import { nearest } from "../model/nearest";
import type { Release } from "../model/release";
import { resolve } from "../model/resolve";

/** `explain forge/ollama [keepAlive]`: what a release is, or where one setting's value comes from. */
export function explain(lab: Lab, address: string, setting: string | undefined): void {
  const { world, findings } = resolve(lab);
  const release = world.release(address);
  if (!release) return fail(unknownRelease(address, world.releases.map((it) => it.address), findings.filter((it) => it.address === address).map(sentenceOf)));
  if (setting === undefined) return print(release);
  if (!(setting in release.settings)) return fail(unknownSetting(address, setting, Object.keys(release.settings)));
  process.stdout.write(`${address} ${setting} = ${shown(release.settings[setting])}\n  from ${origin(release, setting)}\n`);
}

function print(release: Release): void {
  const { needs } = release;
  const lines = [
    `${release.address}: ${release.app.name} on ${release.cluster.name} (${release.environment}), namespace ${release.namespace}`,
    "settings",
    ...Object.keys(release.settings).map((key) => `  ${key} = ${shown(release.settings[key])}  (${release.sources[key]})`),
    "exposes",
    ...Object.entries(needs.exposes ?? {}).map(([name, it]) => `  ${name}: ${it.scheme} ${it.port}, reach ${it.reach}${it.speaks ? `, speaks ${it.speaks}` : ""}`),
    "stores",
    ...Object.entries(needs.stores ?? {}).map(([name, it]) => `  ${name}: ${it.size}, ${it.worth} ${it.as}`),
    "talks to",
    ...Object.entries(needs.talksTo ?? {}).map(([name, it]) => `  ${name}: ${it.kind === "protocol" ? `${it.speaks}, answered by ${calleeOf(release, name)}` : it.kind}`),
  ];
  process.stdout.write(`${lines.join("\n")}\n`);
}

function calleeOf(release: Release, name: string): string {
  const callee = release.callees[name];
  return callee === undefined ? "nobody" : callee.kind === "release" ? callee.address : callee.name;
}

const origins = {
  app: (release: Release) => `the default of ${release.app.name}`,
  lab: () => "the lab's defaults",
  environment: (release: Release) => `the environment ${release.environment}`,
  placement: (release: Release) => `its placement on ${release.cluster.name}`,
} as const;

function origin(release: Release, setting: string): string {
  const source = release.sources[setting];
  return source ? origins[source](release) : "nowhere";
}

const shown = (value: unknown): string => (value === undefined ? "(not set)" : JSON.stringify(value));

function unknownRelease(address: string, known: readonly string[], broken: readonly string[]): string {
  if (broken.length) return broken.join("\n");
  const near = nearest(address, known);
  return `${address}: no such release; expected one of ${known.join(", ")}.${near ? ` Did you mean ${near}?` : ""}`;
}

function unknownSetting(address: string, setting: string, known: readonly string[]): string {
  const near = nearest(setting, known);
  return `${address}: no setting "${setting}"; expected one of ${known.join(", ")}.${near ? ` Did you mean ${near}?` : ""}`;
}

function fail(text: string): void {
  process.stderr.write(`${text}\n`);
  process.exitCode = 1;
}
