import { appendFileSync, existsSync, mkdtempSync, readFileSync, renameSync, rmSync, symlinkSync, utimesSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { KubeConfigMap } from "cdk8s-plus-30/lib/imports/k8s";
import fc from "fast-check";
import { z } from "zod";
import { labChecks } from "../../engine/checks";
import { nameIsLabel } from "../../engine/checks/lab/name-is-label";
import { staticAddress } from "../../engine/checks/lab/static-address";
import { ownedDirs } from "../../engine/cli/synth";
import { writeTree } from "../../engine/emit/disk";
import { DiskFiles } from "../../engine/emit/files";
import type { FileIndex } from "../../engine/emit/file-index";
import type { Output, Tree } from "../../engine/emit/tree";
import { Refusal } from "../../engine/emit/refusal";
import { Shelf } from "../../engine/memory/kept";
import { Memory } from "../../engine/memory/memory";
import type { Lab } from "../../engine/model/lab";
import { defineApp } from "../../engine/model/app";
import { image } from "../../engine/model/image";
import { internet, maybe } from "../../engine/model/needs";
import { place, type Placement } from "../../engine/model/placement";
import { resolve } from "../../engine/model/resolve";
import { synthesize, type Synthesis } from "../../engine/synth";
import { containerApp } from "../../engine/workload/container-app";
import { grafana } from "../../apps/grafana/grafana";
import { kubeStateMetrics } from "../../apps/kube-state-metrics/kube-state-metrics";
import { largeLab } from "../../tools/bench/scale/large-lab";
import { appOf } from "../lab-of";
import { importsDir, labs } from "../labs";
import { changedAt, placesIn, type Place } from "./changed";
import { programNames } from "./names";

let names: ReadonlyMap<unknown, string>;
beforeAll(async () => {
  names = await programNames();
});

const directory = mkdtempSync(join(tmpdir(), "hearth-memory-"));
afterAll(() => {
  rmSync(directory, { recursive: true });
});

/** What a run is made by, besides the lab: by default what the one before was made by. */
interface Code {
  readonly labCode?: string;
  /** Modules of the catalogue that are not what they were. */
  readonly changed?: readonly object[];
}

const { FileIndex: Index } = jest.requireActual<{ FileIndex: new (file: string, root: string, engine: string) => FileIndex }>("../../engine/cli/file-index.cjs");

function memoryOf(lab: Lab, { labCode = "before", changed = [] }: Code, root: string, index = new Index(`${root}-kept/index.json`, root, "this")): Memory {
  const code = { names: new Map([...names, ...changed.map((it) => [it, `${names.get(it)} changed`] as const)]), lab: labCode, engine: "this", program: changed.length ? "another" : "this" };
  return new Memory(lab, { files: new DiskFiles(root), code, shelf: new Shelf(`${root}-kept`, "this"), index });
}

/** Synthesizes, writes and keeps. Returns the text of every file. */
function synth(lab: Lab, root: string): Tree {
  const index = new Index(`${root}-kept/index.json`, root, "this");
  const memory = memoryOf(lab, {}, root, index);
  const { tree, standing, findings } = synthesize(lab, importsDir, memory);
  expect(findings.filter(({ severity }) => severity === "error")).toEqual([]);
  const began = Date.now();
  memory.keep(tree, writeTree(root, tree, { ownedDirs, standing, index }), { began, ended: Date.now() + 1 }, ownedDirs);
  return new Map(pathsOf({ tree, standing }).map((path) => [path, readFileSync(join(root, path), "utf8")]));
}

const standingPaths = ({ standing }: Output): readonly string[] => [...standing].flatMap(([directory, names]) => names.map((name) => `${directory}/${name}`));

const pathsOf = (output: Output): readonly string[] => [...standingPaths(output), ...output.tree.keys()];

/**
 * Synthesizes a lab with what is kept of another, which must come to what it comes to by itself.
 * @param texts what was written of the other
 */
function recalled(lab: Lab, code: Code, root: string, texts: Tree, memory = memoryOf(lab, code, root)): Synthesis {
  const warm = synthesize(lab, importsDir, memory);
  const cold = synthesize(lab, importsDir);
  expect(warm.findings).toEqual(cold.findings);
  expect(warm.tally).toEqual(cold.tally);
  expect(new Map([...warm.tree, ...standingPaths(warm).map((path) => [path, texts.get(path)] as const)])).toEqual(cold.tree);
  return warm;
}

/** Whose releases are built, when a lab is synthesized after another one; what is recalled must be what would be built. */
function builtAfter(before: Lab, after: Lab, { meanwhile, ...code }: Code & { readonly meanwhile?: (root: string) => void } = {}): readonly string[] {
  const root = mkdtempSync(join(directory, "lab-"));
  const texts = synth(before, root);
  meanwhile?.(root);
  const warm = recalled(after, code, root, texts);
  return [...new Set(warm.built.map(({ release }) => release.cluster.name))].map((name) => ({ c0000: "hub", c0001: "one", c0002: "two" })[name] ?? name);
}

const theLab = labs["lab"] as Lab;
const placesOf = (lab: Lab) => placesIn(lab, (value) => names.has(value)).filter((place) => place.length > 1);
const isOfReleases = ([, , what]: Place): boolean => what === "runs" || what === "retired";

test("whatever changes in the lab, what is recalled is what would be built", () => {
  const root = join(directory, "whole");
  const texts = synth(theLab, root);
  const places = placesOf(theLab);
  const memory = places.find((place) => isOfReleases(place) && place.at(-1) === "memory");
  if (memory === undefined) throw new Error("no release of the lab says how much memory it gets");
  const seen = { recalled: 0, built: 0 };
  fc.assert(
    fc.property(fc.oneof({ weight: 3, arbitrary: fc.constantFrom(...places.filter(isOfReleases)) }, fc.constantFrom(...places)), fc.nat(11), (at, how) => {
      const warm = recalled(changedAt(theLab, at, how), { labCode: "after" }, root, texts);
      seen.recalled += standingPaths(warm).length;
      seen.built += warm.built.length;
    }),
    { numRuns: 12, examples: [[memory, 0]] },
  );
  expect(seen.recalled).toBeGreaterThan(0);
  expect(seen.built).toBeGreaterThan(0);
});

test("one change after another, each remembers what the ones before it found", () => {
  fc.assert(
    fc.property(fc.array(fc.tuple(fc.nat(), fc.nat(11)), { minLength: 4, maxLength: 4 }), (changes) => {
      const root = mkdtempSync(join(directory, "chain-"));
      let lab = theLab;
      let texts = synth(lab, root);
      for (const [nth, how] of changes) {
        const places = placesOf(lab).filter(isOfReleases);
        const next = changedAt(lab, places[nth % places.length] ?? [], how);
        // Nothing is written of a lab with errors, and nothing kept.
        if (recalled(next, { labCode: "after" }, root, texts).tree.size === 0) continue;
        lab = next;
        texts = synth(lab, root);
        expect(recalled(lab, { labCode: "after" }, root, texts).built).toEqual([]);
      }
    }),
    { numRuns: 2 },
  );
});

/** Three clusters, the first of which runs the Argo CD of all; on the others is what is given. */
function three({ one = [], two = [] }: { readonly one?: readonly Placement[]; readonly two?: readonly Placement[] }): Lab {
  const lab = largeLab(3, 7);
  return { ...lab, clusters: lab.clusters.map((cluster, index) => ({ ...cluster, runs: [...cluster.runs, ...([[], one, two][index] ?? [])] })) };
}

const web = (name: string, more: Partial<Parameters<typeof containerApp>[0]> = {}) => containerApp({ name, image: image("registry.test.example/web", "1.0.0"), port: 8080, ...more });

/** As a lab defines it itself: a function of its own code. */
const written = appOf({
  name: "written",
  build: (chart) => {
    new KubeConfigMap(chart, "own", { metadata: { name: "own" } });
  },
});

describe("what is built, and what is recalled", () => {
  const plain = three({ one: [place(web("front"))], two: [place(web("back"))] });

  test("nothing has changed: nothing is built", () => {
    expect(builtAfter(plain, three({ one: [place(web("front"))], two: [place(web("back"))] }), { labCode: "after" })).toEqual([]);
  });

  test("one setting, one cluster", () => {
    expect(builtAfter(plain, three({ one: [place(web("front"), { settings: { replicas: 2 } })], two: [place(web("back"))] }))).toEqual(["one"]);
  });

  test("what an own app was made from", () => {
    expect(builtAfter(plain, three({ one: [place(web("front", { env: { A: "1" } }))], two: [place(web("back"))] }))).toEqual(["one"]);
  });

  test("a default of the lab's, where a release takes it", () => {
    expect(builtAfter(plain, { ...plain, environments: { staging: { back: { replicas: 2 } } } })).toEqual(["two"]);
  });

  test("a machine is the same for all clusters", () => {
    expect(builtAfter(plain, { ...plain, networks: [...plain.networks, { name: "guests", cidr: "192.168.90.0/24" }] })).toEqual(["hub", "one", "two"]);
  });

  test("a cluster that calls another one follows whom it calls", () => {
    const other = { ...theLab, clusters: theLab.clusters.map((cluster) => ({ ...cluster, runs: cluster.runs.map((it) => (cluster.name === "forge" && it.name === "ollama" ? { ...it, settings: { ...it.settings, cpu: "3" } } : it)) })) };
    expect(builtAfter(theLab, other)).toEqual(["studio", "forge"]);
  });

  test("the Argo CD of all is told of a kind that is new on one", () => {
    const certified = three({ one: [place(web("front"))], two: [place(web("back")), place(kubeStateMetrics)] });
    expect(builtAfter(plain, certified)).toEqual(["hub", "two"]);
  });

  test("an app that the lab defines itself is as new as the lab's code", () => {
    const own = three({ one: [place(written)], two: [place(web("back"))] });
    expect(builtAfter(own, own)).toEqual([]);
    expect(builtAfter(own, own, { labCode: "after" })).toEqual(["one"]);
  });

  test("an app of the catalogue is as new as its module", () => {
    const lab = three({ one: [place(web("front"))], two: [place(web("back")), place(kubeStateMetrics)] });
    expect(builtAfter(lab, lab, { changed: [kubeStateMetrics] })).toEqual(["two"]);
    expect(builtAfter(lab, lab, { changed: [grafana] })).toEqual([]);
  });

  test("a provider that was copied and changed is as new as the lab's code", () => {
    const [hub, one, two] = plain.clusters;
    if (!hub || !one || !two) throw new Error("three clusters");
    const other = { ...plain, clusters: [hub, { ...one, provides: { ...one.provides, loadBalancer: { ...one.provides.loadBalancer, annotations: () => ({ given: "elsewhere" }) } } }, two] };
    expect(builtAfter(plain, other, { labCode: "after" })).toEqual(["hub", "one", "two"]);
  });
});

/** Which releases are built, where a lab is synthesized after another one; what is recalled must be what would be built. */
function releasesBuiltAfter(before: Lab, after: Lab, code: Code = {}): readonly string[] {
  const root = mkdtempSync(join(directory, "releases-"));
  const texts = synth(before, root);
  const memory = memoryOf(after, code, root);
  const { release: known } = memory;
  const built: string[] = [];
  const release: typeof known = (it, from, build) => known(it, from, () => {
    built.push(it.address);
    return build();
  });
  recalled(after, code, root, texts, Object.assign(memory, { release }));
  return built;
}

describe("which releases are built of a cluster that cannot be recalled", () => {
  /** It looks at what else its cluster runs, to write its own permissions for. */
  const looks = "c0001/prometheus-operator";
  /** Its own policies name whom it leads to. */
  const ingress = "c0001/traefik";
  const asks = appOf({
    name: "asks",
    build: (chart, { neighbours }) => {
      new KubeConfigMap(chart, "own", { metadata: { name: "own" }, data: { all: neighbours.map(({ address }) => address).join(" ") } });
    },
  });
  const caller = web("caller", { talksTo: { api: maybe("api-back") } });
  const labOf = (...one: readonly Placement[]) => three({ one });

  test("the one that changed", () => {
    expect(releasesBuiltAfter(labOf(place(web("front")), place(web("back"))), labOf(place(web("front"), { settings: { replicas: 2 } }), place(web("back"))))).toEqual([looks, "c0001/front"]);
  });

  test("who calls it, and the ingress, where that is to be seen", () => {
    const back = (port: number) => place(web("back", { port, speaks: "api-back" }));
    expect(releasesBuiltAfter(labOf(back(8080), place(caller), place(web("front"))), labOf(back(9090), place(caller), place(web("front"))))).toEqual([ingress, looks, "c0001/back", "c0001/caller"]);
  });

  test("who asks for all, when one comes", () => {
    expect(releasesBuiltAfter(labOf(place(asks), place(web("front"))), labOf(place(asks), place(web("front")), place(web("back"))))).toEqual([ingress, looks, "c0001/asks", "c0001/back"]);
  });

  test("all whose app is another one now", () => {
    const lab = labOf(place(kubeStateMetrics), place(web("front")));
    expect(releasesBuiltAfter(lab, lab, { changed: [kubeStateMetrics] })).toEqual([looks, "c0001/kube-state-metrics"]);
  });
});

test("needs may follow from what another cluster runs", () => {
  const counts = defineApp({
    name: "counts",
    settings: z.object({}),
    needs: ({ site }) => ({ talksTo: Object.fromEntries(site.lab.clusters.filter(({ name }) => name === "c0002").flatMap(({ runs }) => runs.map((it) => [it.name, internet(`${it.name}.example.org`)]))) }),
    makes: () => [],
    build: () => undefined,
  });
  const lab = (...two: readonly Placement[]) => three({ one: [place(counts)], two });
  expect(builtAfter(lab(place(web("back"))), lab(place(web("other"))))).toEqual(["hub", "one", "two"]);
});

test("checks look only on clusters that can have changed, and at the lab only where its releases count", () => {
  const lab = three({ one: [place(web("front"))], two: [place(web("back"))] });
  const root = mkdtempSync(join(directory, "looks-"));
  synth(lab, root);
  const memory = memoryOf(three({ one: [place(web("front"), { settings: { replicas: 2 } })], two: [place(web("back"))] }), {}, root);
  const asked = labChecks.filter((check) => {
    let isAsked = false;
    memory.looked((it) => {
      isAsked = true;
      return check(it);
    });
    return isAsked;
  });
  expect(asked).toContain(nameIsLabel);
  expect(asked).not.toContain(staticAddress);
  const seen: string[] = [];
  memory.world(resolve(memory.lab).world).onEachCluster(({ name }) => {
    seen.push(name);
    return [];
  });
  expect(seen).toEqual(["c0001"]);
});

describe("files that do not stand as they were written", () => {
  const lab = three({ one: [place(web("front"))], two: [place(web("back"))] });
  const file = "dist/c0001/front/deployment.front.yaml";

  test("a changed one is written again", () => {
    expect(builtAfter(lab, lab, { meanwhile: (root) => { appendFileSync(join(root, file), "# more\n"); } })).toEqual(["one"]);
  });

  test("a lost one is written again", () => {
    expect(builtAfter(lab, lab, { meanwhile: (root) => { rmSync(join(root, file)); } })).toEqual(["one"]);
  });

  test("one that is no longer made goes, and one of somebody else's stays, beside what is recalled", () => {
    const root = mkdtempSync(join(directory, "beside-"));
    const texts = synth(lab, root);
    writeFileSync(join(root, "dist/c0001/front/stale.yaml"), texts.get(file) ?? "");
    writeFileSync(join(root, "dist/c0002/back/theirs.yaml"), "mine: true\n");
    expect(recalled(lab, {}, root, texts).built).toEqual([]);
    synth(lab, root);
    expect(existsSync(join(root, "dist/c0001/front/stale.yaml"))).toBe(false);
    expect(readFileSync(join(root, "dist/c0002/back/theirs.yaml"), "utf8")).toBe("mine: true\n");
    expect(recalled(lab, {}, root, texts).built).toEqual([]);
  });

  test("a link to them is not followed", () => {
    const root = mkdtempSync(join(directory, "link-"));
    synth(lab, root);
    renameSync(join(root, "dist/c0001"), join(root, "elsewhere"));
    symlinkSync(join(root, "elsewhere"), join(root, "dist/c0001"));
    expect(() => synth(lab, root)).toThrow(Refusal);
  });

  test("one of another age is read, and is the same", () => {
    expect(builtAfter(lab, lab, { meanwhile: (root) => { utimesSync(join(root, file), 1, 1); } })).toEqual([]);
  });
});
