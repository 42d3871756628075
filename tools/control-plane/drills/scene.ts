import { readFileSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import type { Lab } from "../../../engine/model/lab";
import { applicationState, describeState, isSettled, type ApplicationState } from "../argocd/application";
import type { RunningCluster } from "../cluster/start-cluster";
import { fieldOf, type KubernetesObject, type ObjectReference } from "../kubernetes/object";
import { createRepository } from "../git/repository";
import { readSyncedFolders } from "../manifests/synced-folder";
import { inFlight } from "../processes/in-flight";
import type { Running } from "../processes/processes";
import { until } from "../processes/until";
import { documentedStep, forClusters } from "../run/documented-steps";
import { ownersShell } from "../run/owners-shell";
import type { RunningLab } from "../run/running-lab";
import { statefulObjects, type Census } from "./census";
import { drillLab, HUB, SPOKE } from "./lab";
import { ownersSynth, refusals, type Checkout } from "./owners-synth";

const ARGO = "argoproj.io/v1alpha1";

/** Asking for it is what a git server's webhook does; Argo CD takes the word away when it has looked. */
const REFRESH = { Application: "argocd.argoproj.io/refresh", ApplicationSet: "argocd.argoproj.io/application-set-refresh" };

/** The Application that keeps Argo CD's own objects. */
const ROOT = "argocd";

/** Some of what looks at git. */
interface Part {
  readonly kind: "Application" | "ApplicationSet";
  isIn(name: string): boolean;
}

const PARTS: readonly Part[] = [
  { kind: "ApplicationSet", isIn: () => true },
  { kind: "Application", isIn: (name) => name !== ROOT },
  { kind: "Application", isIn: (name) => name === ROOT },
];

/** How long Argo CD may take on a crowded machine; its own retries wait up to a minute. */
export const PATIENCE_SECONDS = 240;

/** How soon whoever waits asks Argo CD to look again. */
const AGAIN_SECONDS = 4;

/** A running lab with its owner, who changes it, and whoever looks on. */
export class Scene {
  readonly hub: RunningCluster;
  readonly spoke: RunningCluster;
  readonly #checkout: Checkout;

  constructor(
    readonly lab: RunningLab,
    /** The engine's own imported types. */
    readonly importsDirectory: string,
    /** docs/, whose marked steps are performed. */
    readonly docsDirectory: string,
  ) {
    this.hub = this.#cluster(HUB);
    this.spoke = this.#cluster(SPOKE);
    this.#checkout = { directory: lab.repository.workTree, importsDirectory };
  }

  /** A file or folder of the owner's checkout. */
  file(name: string): string {
    return path.join(this.#checkout.directory, name);
  }

  /** The rules for which synth would refuse a lab. */
  refusedFor(lab: Lab): readonly string[] {
    return refusals(this.#checkout, lab).map(({ rule }) => rule);
  }

  /** Synthesizes a lab into the checkout. */
  synthesize(lab: Lab): void {
    ownersSynth(this.#checkout, lab);
  }

  /** Synthesizes a lab, commits and pushes; returns when Argo CD has looked at the commit. */
  async publish(lab: Lab, message: string): Promise<string> {
    this.synthesize(lab);
    return this.push(message);
  }

  /** The same while Argo CD may not be able to look: it is only told. */
  async announce(lab: Lab, message: string): Promise<string> {
    this.synthesize(lab);
    const commit = this.lab.repository.commit(message);
    for (const part of PARTS) await this.#tell(part);
    return commit;
  }

  /** Commits the checkout as it is and pushes; returns when Argo CD has looked at the commit. */
  async push(message: string): Promise<string> {
    const commit = this.lab.repository.commit(message);
    await this.looked();
    return commit;
  }

  /** The commit that the checkout stands at. */
  head(): string {
    return this.lab.repository.head();
  }

  /** Publishes a lab, and returns when everything is as it says. */
  async bring(lab: Lab, message: string): Promise<string> {
    const commit = await this.publish(lab, message);
    await this.settled(commit);
    return commit;
  }

  /** Serves a repository that is not the lab's, with some files; returns its URL. */
  otherRepository(name: string, files: Readonly<Record<string, string>>): string {
    const { directory } = this.lab.testbed.processes;
    const url = new URL(`../others/${name}.git`, drillLab().gitops.repository).href;
    const repository = createRepository(path.join(directory, "git"), path.join(directory, "work-trees", name), url, "main");
    for (const [file, text] of Object.entries(files)) writeFileSync(path.join(repository.workTree, file), text);
    repository.commit("What others have");
    return url;
  }

  /** Performs a marked step of a document, with our names in the place of its examples; returns what it prints. */
  async follow(document: string, words: string, names: Readonly<Record<string, string>> = {}, workTree = this.#checkout.directory): Promise<string> {
    const { blocks } = documentedStep(readFileSync(path.join(this.docsDirectory, document), "utf8"), words, `docs/${document}`);
    const all = forClusters(blocks.flat(), { studio: HUB, forge: SPOKE, ...names });
    return ownersShell({ testbed: this.lab.testbed, clusters: this.lab.clusters, workTree }, all.join("\n"));
  }

  /**
   * Has Argo CD look at git, and returns when it has compared every generator and every Application with what is there. The root
   * Application comes last: the others are its own objects, and being told to look changes them.
   */
  async looked(): Promise<void> {
    for (const part of PARTS) {
      await this.#tell(part);
      await until({ what: "Argo CD to look", timeoutSeconds: PATIENCE_SECONDS, everyMilliseconds: 200 }, async () => {
        const waiting = (await this.#those(part)).filter((object) => object.metadata.annotations?.[refreshOf(object)] !== undefined);
        if (waiting.length > 0) throw new Error(`it has not looked at ${waiting.map(({ metadata }) => metadata.name).join(", ")}`);
        return true;
      });
    }
  }

  /** Returns when some Applications, or all, are Synced at a commit, Healthy and done. */
  async settled(commit: string, names?: readonly string[]): Promise<readonly ApplicationState[]> {
    const folders = readSyncedFolders(this.#checkout.directory);
    // Definitions may come from an operator's own repository, which has commits of its own.
    const elsewhere = new Set(folders.filter(({ repository }) => repository !== "").map(({ application }) => application));
    const expected = names ?? folders.map(({ application }) => application);
    let toldAt = Date.now();
    return until({ what: "Argo CD to bring about what is committed", timeoutSeconds: PATIENCE_SECONDS, everyMilliseconds: 500 }, async () => {
      const states = (await this.applications()).filter(({ name }) => names?.includes(name) ?? true);
      const missing = expected.filter((name) => !states.some((state) => state.name === name)).map((name) => `${name} is not there`);
      const unsettled = states.filter((state) => !isSettled(state, elsewhere.has(state.name) ? undefined : commit));
      const waiting = unsettled.map((state) => `${describeState(state)} at ${state.revision.slice(0, 7)}`);
      // Argo CD looks again every few minutes; whoever waits for it presses Refresh.
      if (Date.now() - toldAt > AGAIN_SECONDS * 1000) {
        toldAt = Date.now();
        await this.#tell({ kind: "Application", isIn: (name) => unsettled.some((state) => state.name === name) });
      }
      if (missing.length + waiting.length > 0) throw new Error([...missing, ...waiting].slice(0, 5).join("; "));
      return states;
    });
  }

  /** What Argo CD says of every Application. */
  async applications(): Promise<readonly ApplicationState[]> {
    return (await this.list("Application")).map(applicationState);
  }

  /** Argo CD's own objects. */
  list(kind: "Application" | "ApplicationSet" | "AppProject"): Promise<readonly KubernetesObject[]> {
    return this.hub.api.client.list(ARGO, kind, this.lab.argocd.namespace);
  }

  /** One of them, by name. */
  argo(kind: "Application" | "ApplicationSet" | "AppProject", name: string): ObjectReference {
    return { apiVersion: ARGO, kind, metadata: { namespace: this.lab.argocd.namespace, name } };
  }

  /** Waits for an Application to be in a state; what it said last is told where it never is. */
  async shows(name: string, what: string, isSo: (state: ApplicationState) => boolean): Promise<ApplicationState> {
    return until({ what: `${name} to be ${what}`, timeoutSeconds: PATIENCE_SECONDS, everyMilliseconds: 300 }, async () => {
      const found = await this.hub.api.client.get(this.argo("Application", name));
      if (found === undefined) throw new Error(`there is no ${name}`);
      const state = applicationState(found);
      if (!isSo(state)) throw new Error(describeState(state));
      return state;
    });
  }

  /** Waits until an Application was synced at a commit, however much of it stays OutOfSync: what is guarded is not pruned. */
  async syncedOnce(name: string, commit: string): Promise<void> {
    await until({ what: `${name} to be synced at ${commit.slice(0, 7)}`, timeoutSeconds: PATIENCE_SECONDS, everyMilliseconds: 300 }, async () => {
      const found = await this.hub.api.client.get(this.argo("Application", name));
      const operation = fieldOf(found, "status", "operationState");
      if (fieldOf(operation, "phase") === "Succeeded" && fieldOf(operation, "syncResult", "revision") === commit) return true;
      throw new Error(found === undefined ? "it is not there" : describeState(applicationState(found)));
    });
  }

  /** Argo CD's own objects, each with its UID, to see whether they are still the same ones. */
  async argoUids(): Promise<string> {
    const all = (await Promise.all((["AppProject", "ApplicationSet", "Application"] as const).map((kind) => this.list(kind)))).flat();
    return all.map(({ kind, metadata }) => `${kind} ${metadata.name} ${String(metadata.uid)}`).sort().join("\n");
  }

  /** Does something while a component of Argo CD is not there, and starts it again as a kubelet would. */
  async restarted(component: string, meanwhile: () => Promise<void>): Promise<void> {
    await this.#without(this.#component(component), meanwhile);
  }

  /** Does something while nothing of Argo CD is there. */
  async withoutArgoCd(meanwhile: () => Promise<void>): Promise<void> {
    const all = [...this.lab.argocd.processes.keys()].map((component) => this.#component(component));
    for (const process of [...all].reverse()) await process.stop("SIGKILL");
    try {
      await meanwhile();
    } finally {
      for (const { command } of all) this.lab.testbed.processes.start(command);
    }
  }

  /** Does something while the git server is not there. */
  async withoutGit<T>(meanwhile: () => Promise<T>): Promise<T> {
    return this.#without(this.lab.testbed.processes.named("git-server"), meanwhile);
  }

  /** Does something while the spoke's API server is not there. */
  async withoutSpoke<T>(meanwhile: () => Promise<T>): Promise<T> {
    await this.lab.play.pause();
    try {
      return await this.#without(this.lab.testbed.processes.named(`${SPOKE}-apiserver`), meanwhile);
    } finally {
      await until({ what: "the spoke's API server", timeoutSeconds: 120 }, () => this.spoke.api.client.ready());
      this.lab.play.resume();
    }
  }

  async #without<T>(process: Running, meanwhile: () => Promise<T>): Promise<T> {
    await process.stop("SIGKILL");
    try {
      return await meanwhile();
    } finally {
      this.lab.testbed.processes.start(process.command);
    }
  }

  #component(name: string): Running {
    const first = this.lab.argocd.processes.get(name);
    if (first === undefined) throw new Error(`Argo CD has no ${name}`);
    return this.lab.testbed.processes.named(first.name);
  }

  /** Waits for an object of a cluster to be gone. */
  async gone({ api }: RunningCluster, reference: ObjectReference): Promise<void> {
    await until({ what: `${reference.kind} ${reference.metadata.name} to be gone`, timeoutSeconds: PATIENCE_SECONDS, everyMilliseconds: 300 }, async () => ((await api.client.get(reference)) === undefined ? true : undefined));
  }

  /** Tells a part of what looks at git that there is a commit. */
  async #tell(part: Part): Promise<void> {
    const { client } = this.hub.api;
    await inFlight(16, await this.#those(part), async (object) => {
      const refresh = refreshOf(object);
      // One that could not look is still told, and would hear nothing new.
      if (object.metadata.annotations?.[refresh] !== undefined) await client.patch(object, { metadata: { annotations: { [refresh]: null } } });
      await client.patch(object, { metadata: { annotations: { [refresh]: "normal" } } });
    });
  }

  async #those({ kind, isIn }: Part): Promise<readonly KubernetesObject[]> {
    return (await this.list(kind)).filter(({ metadata }) => isIn(metadata.name));
  }

  /** Everything on both clusters that holds data now. */
  holding(): Promise<Census> {
    return statefulObjects(this.lab.clusters);
  }

  /** Brings the lab back to where it stood before the drills, whatever one has left. */
  async restore(): Promise<void> {
    for (const folder of ["dist", "argocd"]) rmSync(this.file(folder), { recursive: true, force: true });
    const commit = await this.publish(drillLab(), "As it was");
    const known = new Set([ROOT, ...readSyncedFolders(this.#checkout.directory).map(({ application }) => application)]);
    for (const left of (await this.list("Application")).filter(({ metadata }) => !known.has(metadata.name))) await this.hub.api.client.delete(left);
    await this.settled(commit);
  }

  #cluster(name: string): RunningCluster {
    const found = this.lab.clusters.find(({ under }) => under.name === name);
    if (found === undefined) throw new Error(`no cluster ${name} was stood up`);
    return found;
  }
}

const refreshOf = ({ kind }: KubernetesObject): string => (kind === "Application" ? REFRESH.Application : REFRESH.ApplicationSet);
