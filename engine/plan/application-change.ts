import type { Application } from "./application";
import { deletesApplications } from "./application-set";
import type { Context, Verdict } from "./change";

/** What becomes of an Application itself: it may go, be called otherwise, or follow another folder, revision or repository. */
export function applicationVerdicts(old: Application | undefined, now: Application | undefined, { after }: Context): readonly Verdict[] {
  if (old === undefined) return now?.parameters?.repository ? [{ effect: "live change", field: "repository", says: `what ${now.folder} of ${now.parameters.repository} at ${now.parameters.revision} holds is made: it is not in this plan` }] : [];
  if (now === undefined) return [gone(old, after)];
  const [was, is] = [old.parameters, now.parameters];
  if (was === undefined || is === undefined) return [];
  const verdicts: readonly (Verdict | undefined)[] = [
    was.application !== is.application
      ? { effect: "outage", field: "application", refused: true, says: `Argo CD makes ${is.application} and keeps ${was.application}: they share every object, and the sync of the new one fails until somebody deletes the old one without its objects` }
      : undefined,
    was.namespace !== is.namespace ? { effect: "outage", field: "namespace", says: `everything is made anew in ${is.namespace}; claims in ${was.namespace} stay there, and what the new ones store starts empty` } : undefined,
    was.repository !== is.repository || was.revision !== is.revision
      ? { effect: "live change", field: "revision", says: `it follows ${is.repository || "the lab's repository"}${is.revision ? ` at ${is.revision}` : ""}: what changes there is not in this plan` }
      : undefined,
    !was.prune && is.prune ? { effect: "data at risk", field: "prune", says: "what leaves its folder is deleted from now on, and so is what left it before" } : undefined,
    was.include !== is.include || was.exclude !== is.exclude ? { effect: "live change", field: "include", says: "other files of the folder are synced" } : undefined,
  ];
  return verdicts.filter((it) => it !== undefined);
}

/** engine/argocd/application-set.ts has both guards; without them the Application is deleted with its objects. */
const gone = (old: Application, after: Context["after"]): Verdict =>
  deletesApplications(after, old.cluster)
    ? { effect: "outage", says: "its ApplicationSet has lost its guards: Argo CD deletes the Application, and all its objects that say nothing else" }
    : { effect: "nothing", says: "nothing is deleted: its Application stays, with everything that it made, and only says that its folder does not exist; whoever wants it gone deletes both by hand" };
