import { z } from "zod";
import type { KubernetesObject } from "../kubernetes/object";

const condition = z.looseObject({ type: z.string(), message: z.string().optional() });

const resource = z.looseObject({
  kind: z.string(),
  name: z.string(),
  namespace: z.string().optional(),
  status: z.string().optional(),
  health: z.looseObject({ status: z.string().optional(), message: z.string().optional() }).optional(),
});

const result = z.looseObject({ kind: z.string(), name: z.string(), status: z.string().optional(), hookPhase: z.string().optional(), message: z.string().optional() });

const application = z.looseObject({
  metadata: z.looseObject({ name: z.string() }),
  status: z
    .looseObject({
      sync: z.looseObject({ status: z.string().optional(), revision: z.string().optional() }).optional(),
      health: z.looseObject({ status: z.string().optional() }).optional(),
      conditions: z.array(condition).optional(),
      resources: z.array(resource).optional(),
      operationState: z
        .looseObject({
          phase: z.string().optional(),
          message: z.string().optional(),
          syncResult: z.looseObject({ revision: z.string().optional(), resources: z.array(result).optional() }).optional(),
        })
        .optional(),
    })
    .optional(),
});

/** What Argo CD says of one Application. */
export interface ApplicationState {
  readonly name: string;
  readonly sync: string;
  readonly health: string;
  /** The commit that it was compared with last. */
  readonly revision: string;
  /** Of the last sync: "Succeeded", "Running", "Failed" … */
  readonly phase: string;
  /** How many of its objects are not where they should be. */
  readonly unready: number;
  /** Why it is not where it should be, the likeliest cause first. */
  readonly causes: readonly string[];
}

const LONGEST_CAUSE = 400;

/** Reads an Application's status. */
export function applicationState(object: KubernetesObject): ApplicationState {
  const { metadata, status } = application.parse(object);
  const operation = status?.operationState;
  const failed = (operation?.syncResult?.resources ?? []).filter((each) => each.status === "SyncFailed" || each.hookPhase === "Failed" || each.hookPhase === "Error");
  const unwell = (status?.resources ?? []).filter(({ status: sync, health }) => (sync !== undefined && sync !== "Synced") || !["Healthy", "Suspended", undefined].includes(health?.status));
  return {
    name: metadata.name,
    sync: status?.sync?.status ?? "Unknown",
    health: status?.health?.status ?? "Unknown",
    revision: status?.sync?.revision ?? "",
    phase: operation?.phase ?? "",
    unready: unwell.length,
    causes: distinct([
      ...(status?.conditions ?? []).filter(({ type }) => type.endsWith("Error")).map(({ type, message }) => `${type}: ${message ?? ""}`),
      ...failed.map(({ kind, name, message }) => `${kind}/${name}: ${message ?? "failed"}`),
      ...(operation?.phase === "Failed" || operation?.phase === "Error" ? [operation.message ?? operation.phase] : []),
      ...unwell.map(({ kind, name, status: sync, health }) => `${kind}/${name} is ${sync ?? ""} ${health?.status ?? ""} ${health?.message ?? ""}`.trim()),
    ]),
  };
}

/** Each once, and short: Argo CD says the same thing in several places, with all its wrappings. */
function distinct(causes: readonly string[]): readonly string[] {
  return [...new Set(causes.map((cause) => (cause.length > LONGEST_CAUSE ? `${cause.slice(0, 80)} … ${cause.slice(80 - LONGEST_CAUSE)}` : cause)))];
}

/** Whether it is as it should be, at a commit where one is given. What was there before Argo CD needed no sync at all. */
export function isSettled({ sync, health, phase, revision }: ApplicationState, commit = revision): boolean {
  return sync === "Synced" && health === "Healthy" && (phase === "Succeeded" || phase === "") && revision === commit;
}

/** One line on an Application that is not settled. */
export function describeState({ name, sync, health, phase, causes }: ApplicationState): string {
  return `${name}: ${sync}, ${health}${phase === "Succeeded" ? "" : `, last sync ${phase === "" ? "none" : phase}`}${causes.length === 0 ? "" : `: ${causes.slice(0, 3).join("; ")}`}`;
}
