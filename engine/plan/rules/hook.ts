import type { Manifest } from "../../model/manifest";
import type { Rule } from "../change";
import { pathText } from "../field-change";

/** What Argo CD runs at each sync of a release, rather than keeps as it is written. https://argo-cd.readthedocs.io/en/stable/user-guide/sync-waves/ */
export const hook: Rule = {
  name: "hook",
  judge: ({ before, after, fate, fields }) => {
    if (fate !== "hook") return [];
    if (before === undefined) return [{ effect: "live change", says: "Argo CD runs it at each sync of the release" }];
    if (after === undefined) return [{ effect: "live change", says: "Argo CD prunes no hook: what the last run left stays, and it runs no more" }];
    const field = pathText(fields[0]?.path ?? []);
    return deletesBefore(after)
      ? [{ effect: "recreate", field, says: "it is not compared: at the next sync, which something else brings about, Argo CD deletes the last run and makes it anew" }]
      : [{ effect: "live change", field, says: "it is not compared: at the next sync, which something else brings about, it runs as it says now" }];
  },
};

/** Also where no policy is said: https://argo-cd.readthedocs.io/en/stable/user-guide/sync-waves/#hook-lifecycle-and-cleanup */
function deletesBefore({ metadata }: Manifest): boolean {
  const policy = metadata.annotations?.["argocd.argoproj.io/hook-delete-policy"];
  return policy === undefined || policy.includes("BeforeHookCreation");
}
