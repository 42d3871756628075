import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { PeerPrograms, type Peer } from "../../peers/programs";
import { apps } from "./apps";
import { writeInputs } from "./inputs";
import { difference, rendered } from "./rendered";

/** `node main.cjs <root> <ours.cjs> <stock.cjs> <rounds>`: renders the same objects with each tool in turn, and prints CPU and ratios. */
const [root = "", ours = "", stock = "", rounds = "3"] = process.argv.slice(2);
const programs = new PeerPrograms(join(root, "tools/peers"));
const here = mkdtempSync(join(tmpdir(), "hearth-peers-"));
const output = (name: string): string => join(here, "out", name);
const peer = (name: Peer): string => `"${programs.pathOf(name)}"`;

/** Each as its own users run it, up to YAML, in a shell whose children are timed. */
const ways = {
  ours: `node "${join(root, "tools/bench/peers/compiled.cjs")}" "${ours}" "${output("ours")}"`,
  cdk8s: `node "${stock}" "${output("cdk8s")}"`,
  cue: `cd cue && ${peer("cue")} export app.cue apps.json -e stream --out text > "${output("cue")}"`,
  jsonnet: `cd jsonnet && ${peer("jsonnet")} -S -o "${output("jsonnet")}" app.jsonnet`,
  kustomize: `${peer("kustomize")} build kustomize -o "${output("kustomize")}"`,
  helm: `for app in ${apps.map(({ name }) => name).join(" ")}; do ${peer("helm")} template $app helm -n $app -f helm/values/$app.yaml; done > "${output("helm")}"`,
} as const;
type Way = keyof typeof ways;
const names = Object.keys(ways) as Way[];

/** The shell counts in hundredths of a second, which is too coarse for one run of all but helm. */
const runsOf = (name: Way): number => (name === "helm" ? 1 : 5);

/** CPU seconds of one run and everything it starts, as the shell counts its children (POSIX `times`). */
function cpuOf(name: Way): number {
  const runs = Array.from({ length: runsOf(name) }, () => `( ${ways[name]} )`).join("; ");
  const printed = execFileSync("sh", ["-ec", `{ ${runs}; } 1>&2; times`], { cwd: here, encoding: "utf8", stdio: ["ignore", "pipe", "inherit"] });
  const children = printed.trim().split("\n").at(-1) ?? "";
  return [...children.matchAll(/(\d+)m([\d.]+)s/g)].reduce((sum, [, minutes, seconds]) => sum + Number(minutes) * 60 + Number(seconds), 0) / runsOf(name);
}

const median = (values: readonly number[]): number => [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? NaN;

/** Timing tools that do not do the same would be timing nothing. */
function assertEqual(): void {
  const truth = rendered(output("ours"));
  for (const name of names) {
    const found = difference(truth, rendered(output(name)));
    if (found) throw new Error(`${name} renders something else than ours: ${found}`);
  }
  process.stdout.write(`${truth.size} objects, the same from each of ${names.length} tools\n`);
}

try {
  mkdirSync(join(here, "out"));
  writeInputs(join(root, "tools/bench/peers"), here);
  // As an installed program has been: compiled once, before anybody times it.
  cpuOf("ours");
  const seconds = new Map<Way, number[]>(names.map((name) => [name, []]));
  for (let round = 0; round < Number(rounds); round++) {
    for (const name of names) seconds.get(name)?.push(cpuOf(name));
    if (round === 0) assertEqual();
  }
  const of = (name: Way): readonly number[] => seconds.get(name) ?? [];
  /** Paired: the median of each round's own ratio. */
  const ratio = (other: Way): number => median(of("ours").map((own, round) => own / (of(other)[round] ?? NaN)));
  const version = (name: Way): string => (name in { helm: 0, kustomize: 0, cue: 0, jsonnet: 0 } ? programs.versionOf(name as Peer) : "");
  for (const name of names) process.stdout.write(`${name.padEnd(10)}${version(name).padEnd(10)}${median(of(name)).toFixed(3).padStart(7)} s CPU   ours is ${ratio(name).toFixed(3)} of it\n`);
  const limits = [
    ["cdk8s", 0.45],
    ["cue", 0.8],
    ["helm", 0.05],
  ] as const;
  for (const [name, most] of limits) process.stdout.write(`${ratio(name) <= most ? "ok  " : "FAIL"}  ours / ${name.padEnd(8)}${ratio(name).toFixed(3)}  (at most ${most})\n`);
  process.exitCode = limits.every(([name, most]) => ratio(name) <= most) ? 0 : 1;
} finally {
  rmSync(here, { recursive: true, force: true });
}
