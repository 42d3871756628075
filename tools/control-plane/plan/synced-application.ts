import { z } from "zod";
import type { KubernetesObject } from "../kubernetes/object";

const application = z.looseObject({
  metadata: z.looseObject({ name: z.string() }),
  status: z
    .looseObject({
      sync: z.looseObject({ status: z.string(), revision: z.string().optional() }).optional(),
      conditions: z.array(z.looseObject({ type: z.string(), message: z.string().optional() })).optional(),
      operationState: z
        .looseObject({
          phase: z.string(),
          message: z.string().optional(),
          retryCount: z.number().optional(),
          syncResult: z.looseObject({ revision: z.string().optional(), resources: z.array(z.looseObject({ kind: z.string(), name: z.string(), status: z.string().optional() })).optional() }).optional(),
        })
        .optional(),
    })
    .optional(),
});

/** How far Argo CD is with a commit. */
export interface Progress {
  /** It has done what it can: synced, or found that there is nothing to sync. */
  readonly done: boolean;
  /** It has tried, and goes on trying. */
  readonly failing: boolean;
  /** `Job load`: what the last try failed for, or the dry run by which it is compared, after which nothing is tried. */
  readonly refused: readonly string[];
}

/** Reads an Application's status with respect to one commit. */
export function progressOf(object: KubernetesObject, commit: string): Progress {
  const { status } = application.parse(object);
  const operation = status?.operationState;
  const isTried = operation?.syncResult?.revision === commit;
  // A folder that is gone is compared with nothing: https://github.com/argoproj/argo-cd/blob/v3.5.7/util/app/path/path.go
  const isGone = (status?.conditions ?? []).some(({ type, message = "" }) => type === "ComparisonError" && message.includes("app path does not exist"));
  const uncompared = status?.sync?.revision === commit && status.sync.status === "Unknown" ? (status.conditions ?? []).flatMap(({ message = "" }) => refusedIn(message)) : [];
  const isSynced = status?.sync?.revision === commit && (status.sync.status === "Synced" || (isTried && operation.phase === "Succeeded"));
  return {
    done: isGone || isSynced,
    failing: uncompared.length > 0 || (isTried && (operation.phase === "Failed" || operation.phase === "Error" || (operation.retryCount ?? 0) > 0)),
    refused: uncompared.length > 0 ? uncompared : isTried ? [...(operation.syncResult?.resources ?? []).filter((it) => it.status === "SyncFailed").map(({ kind, name }) => `${kind} ${name}`), ...sharedIn(operation.message ?? "")] : [],
  };
}

/** What the API server refuses in a dry run: "error running server side apply in dryrun mode for resource Job/load: …". */
const refusedIn = (message: string): readonly string[] => [...message.matchAll(/in dryrun mode for resource (\w+)\/([^\s:]+)/g)].map(([, kind = "", name = ""]) => `${kind} ${name}`);

/** What FailOnSharedResource fails for is said in the operation's message alone: "Shared resource found: Deployment/web is part of …". */
const sharedIn = (message: string): readonly string[] => [...message.matchAll(/(\w+)\/(\S+) is part of applications/g)].map(([, kind = "", name = ""]) => `${kind} ${name}`);
