import { fieldOf, type Manifest } from "../../model/manifest";
import { podTemplateOf } from "../../model/pod-template";
import type { Rule, Verdict } from "../change";
import { textsAt } from "../list-at";

/** What a pod may do to its node, and what a namespace lets in. https://kubernetes.io/docs/concepts/security/pod-security-standards/ */
export const privilege: Rule = {
  name: "privilege",
  judge: ({ kind, before, after, fate }) => {
    if (!after || fate === "leave") return [];
    if (kind === "Namespace") return before ? level(before, after) : [];
    if (kind === "ServiceAccount") return before && !givesToken(before) && givesToken(after) ? [{ effect: "live change", field: "automountServiceAccountToken", opens: true, says: "new pods under it are given its token, unless they refuse it" }] : [];
    const more = powers(after).filter((power) => !(before && powers(before).includes(power)));
    return more.length ? [{ effect: "live change", field: "spec.template.spec", opens: true, says: `its pods may do${before ? " more" : ""} to their node: ${more.join(", ")}` }] : [];
  },
};

/** Unless it is refused: https://kubernetes.io/docs/tasks/configure-pod-container/configure-service-account/#opt-out-of-api-credential-automounting */
const givesToken = (it: unknown): boolean => fieldOf(it, "automountServiceAccountToken") !== false;

function powers(manifest: Manifest): readonly string[] {
  const spec = podTemplateOf(manifest)?.spec;
  if (!spec) return [];
  const host = (["hostNetwork", "hostPID", "hostIPC"] as const).filter((field) => spec[field] === true);
  const paths = (spec.volumes ?? []).flatMap((volume) => (fieldOf(volume, "hostPath", "path") === undefined ? [] : [`hostPath ${String(fieldOf(volume, "hostPath", "path"))}`]));
  const containers = [...(spec.initContainers ?? []), ...spec.containers].flatMap(({ name, ports = [], securityContext = {} }) => [
    ...(securityContext["privileged"] === true ? [`${name}: privileged`] : []),
    // What is not refused is allowed: https://kubernetes.io/docs/tasks/configure-pod-container/security-context/
    ...(securityContext["allowPrivilegeEscalation"] === false ? [] : [`${name}: allowPrivilegeEscalation`]),
    ...(textsAt(securityContext, "capabilities", "drop").includes("ALL") ? [] : [`${name}: the runtime's own capabilities`]),
    ...((fieldOf(securityContext, "seccompProfile", "type") ?? fieldOf(spec.securityContext, "seccompProfile", "type") ?? "Unconfined") === "Unconfined" ? [`${name}: any system call`] : []),
    ...((securityContext["runAsUser"] ?? spec.securityContext?.["runAsUser"]) === 0 ? [`${name}: root`] : []),
    ...textsAt(securityContext, "capabilities", "add").map((capability) => `${name}: ${capability}`),
    ...ports.flatMap(({ hostPort }) => (hostPort === undefined ? [] : [`${name}: hostPort ${hostPort}`])),
  ]);
  return [...host, ...paths, ...(givesToken(spec) ? ["the token of its account"] : []), ...containers];
}

const levels = ["restricted", "baseline", "privileged"];
const enforce = "pod-security.kubernetes.io/enforce";

function level(before: Manifest, after: Manifest): readonly Verdict[] {
  const of = (namespace: Manifest): string => namespace.metadata.labels?.[enforce] ?? "privileged";
  if (of(before) === of(after)) return [];
  const field = `metadata.labels.${JSON.stringify(enforce)}`;
  return levels.indexOf(of(after)) > levels.indexOf(of(before))
    ? [{ effect: "live change", field, opens: true, says: `pods of level ${of(after)} are let in` }]
    : [{ effect: "live change", field, says: `new pods have to keep to ${of(after)}, or none starts again; those that run stay` }];
}
