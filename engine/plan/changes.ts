import { syncOptionsOf } from "../argocd/sync-options";
import type { Manifest } from "../model/manifest";
import type { Application } from "./application";
import { deletesApplications } from "./application-set";
import type { Context, Fate, ObjectChange } from "./change";
import { fieldChanges } from "./field-change";
import { nameIn, type Committed } from "./side";

/** Every object that Argo CD will create, change, delete or leave behind. */
export function objectChanges({ before, after }: Context): readonly ObjectChange[] {
  const addresses = [...new Set([...before.applications.keys(), ...after.applications.keys()])].sort();
  return addresses.flatMap((address) => {
    const [old, now] = [before.applications.get(address), after.applications.get(address)];
    if (now !== undefined) return changesIn(old, now);
    // Nothing deletes an Application whose parameter file is gone, as long as its ApplicationSet has its guards.
    return old !== undefined && deletesApplications(after, old.cluster) ? [...old.objects.values()].map((it) => changeOf(old, it, undefined, isDeletedWith(it.manifest) ? "prune" : "leave")) : [];
  });
}

function changesIn(old: Application | undefined, now: Application): readonly ObjectChange[] {
  const identities = [...new Set([...(old?.objects.keys() ?? []), ...now.objects.keys()])];
  const changes = identities.flatMap((identity) => {
    const [was, is] = [old?.objects.get(identity), now.objects.get(identity)];
    if (isHook(is ?? was)) {
      const change = changeOf(old ?? now, was, is, "hook");
      return was === undefined || is === undefined || change.fields.length > 0 ? [change] : [];
    }
    if (is === undefined) return old !== undefined && was !== undefined ? [changeOf(old, was, undefined, isPruned(was.manifest, now) ? "prune" : "leave")] : [];
    if (was === undefined) return [changeOf(now, undefined, is, "create")];
    const change = changeOf(now, was, is, isReplaced(was.manifest) || isReplaced(is.manifest) ? "replace" : "apply");
    return change.fields.length > 0 ? [change] : [];
  });
  return changes.map((change) => withSuccessor(change, changes));
}

function changeOf(application: Application, was: Committed | undefined, is: Committed | undefined, fate: Fate): ObjectChange {
  const { manifest, path } = (is ?? was)!;
  return {
    address: application.address,
    cluster: application.cluster,
    object: nameIn(manifest, application.namespace),
    kind: manifest.kind,
    namespace: manifest.metadata.namespace ?? application.namespace,
    path,
    before: was?.manifest,
    after: is?.manifest,
    fields: was && is ? fieldChanges(was.manifest, is.manifest) : [],
    fate,
  };
}

/** Argo CD asks the object that runs, which is the one that was applied last; its own word wins over the Application's (argo-cd v3.5 docs/user-guide/sync-options.md). */
function isPruned(manifest: Manifest, { prune, cluster }: Application): boolean {
  const said = syncOptionsOf(manifest).find((option) => option.startsWith("Prune="));
  return said === undefined ? prune && cluster !== "" : said === "Prune=true";
}

const isDeletedWith = (manifest: Manifest): boolean => !syncOptionsOf(manifest).includes("Delete=false");

/** `kubectl replace --force` deletes and creates; either option alone does not (gitops-engine pkg/sync/sync_context.go, applyObject). It never does so to a namespace or a definition. */
function isReplaced(manifest: Manifest): boolean {
  const options = syncOptionsOf(manifest);
  return options.includes("Force=true") && options.includes("Replace=true") && manifest.kind !== "Namespace" && manifest.kind !== "CustomResourceDefinition";
}

/** Hooks are no resources to be synced: splitHooks and getSyncTasks in gitops-engine's pkg/sync. */
const isHook = (committed: Committed | undefined): boolean => committed?.manifest.metadata.annotations?.["argocd.argoproj.io/hook"] !== undefined;

/** `ollama-pull-a0ad5e83` and `ollama-pull-19c0ffee` are one thing before and after. */
const stemOf = (name: string): string | undefined => /^(.+)-[0-9a-f]{6,16}$/.exec(name)?.[1];

function withSuccessor(change: ObjectChange, all: readonly ObjectChange[]): ObjectChange {
  const stem = change.before && change.after === undefined ? stemOf(change.before.metadata.name) : undefined;
  if (stem === undefined) return change;
  const next = all.find((it) => it.fate === "create" && it.kind === change.kind && it.namespace === change.namespace && it.after !== undefined && stemOf(it.after.metadata.name) === stem);
  return next === undefined ? change : { ...change, successor: next.object };
}
