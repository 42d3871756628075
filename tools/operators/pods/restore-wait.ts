import { dump, load } from "js-yaml";
import { z } from "zod";

/** The init container that Velero gives a pod whose volumes' files are still to come: pkg/restorehelper/util.go of 1.18.3. */
export const RESTORE_WAIT = "restore-wait";

const stage = z.looseObject({ spec: z.looseObject({ selector: z.looseObject({ matchExpressions: z.array(z.looseObject({ key: z.string() })) }) }) });

/** Says "waiting" of a pod in which it has not ended well, and nothing of any other. */
const isWaiting = `if any(.spec.initContainers[]?; .name == "${RESTORE_WAIT}") and (any(.status.initContainerStatuses[]?; .name == "${RESTORE_WAIT}" and .state.terminated.exitCode == 0) | not) then "waiting" else empty end`;

/** KWOK's own stage that lets pods run, but for those whose files are still to come: what waits for them runs for real. */
export function afterRestores(text: string): string {
  const read = stage.parse(load(text));
  const { spec } = read;
  const matchExpressions = [...spec.selector.matchExpressions, { key: isWaiting, operator: "NotIn", values: ["waiting"] }];
  return dump({ ...read, spec: { ...spec, selector: { ...spec.selector, matchExpressions } } });
}
