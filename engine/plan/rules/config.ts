import type { Manifest } from "../../model/manifest";
import type { Rule, Verdict } from "../change";
import { isUnder } from "../field-change";
import { useOf, workloadsIn } from "../pods";

/** Configuration that pods read: as files, which follow, or at their start. A checksum in the pod is the pod's own change. */
export const config: Rule = {
  name: "config",
  judge: ({ kind, after, fate, fields, cluster, namespace }, context) => {
    if (fate !== "apply" || !after || (kind !== "ConfigMap" && kind !== "Secret") || !fields.some((field) => ["data", "stringData", "binaryData"].some((part) => isUnder(field.path, part)))) return [];
    const uses = workloadsIn(context.after, cluster, namespace).flatMap(({ manifest, template }) => {
      const use = useOf(template, kind, after.metadata.name);
      return use ? [{ use, name: `${manifest.kind} ${manifest.metadata.name}` }] : [];
    });
    const names = (use: string) => uses.filter((it) => it.use === use).map((it) => it.name).join(", ");
    const verdict = (use: string, says: (users: string) => string): readonly Verdict[] => (names(use) ? [{ effect: "live change", says: says(names(use)) }] : []);
    return uses.length === 0
      ? [{ effect: "live change", says: isArgoCds(after) ? "Argo CD reads it from the API server, and follows" : "no pod of its namespace names it" }]
      : [...verdict("files", (users) => `the files in ${users} follow within a minute or two`), ...verdict("at start", (users) => `${users} read it only when a pod starts`)];
  },
};

/** By this label Argo CD finds its own: https://argo-cd.readthedocs.io/en/stable/operator-manual/declarative-setup/#atomic-configuration */
const isArgoCds = (manifest: Manifest): boolean => manifest.metadata.labels?.["app.kubernetes.io/part-of"] === "argocd";
