import { fieldOf, type Manifest } from "../../model/manifest";
import { podTemplateOf } from "../../model/pod-template";
import type { Rule } from "../change";

/** Claims that a workload's pods mount: those that they mount no more stay as they are, and what is in them is not where the pods look. */
export const mountedClaims: Rule = {
  name: "mounted-claims",
  judge: ({ before, after, fate }) => {
    if (!before || !after || (fate !== "apply" && fate !== "replace")) return [];
    const [was, is] = [claimsOf(before), claimsOf(after)];
    const gone = [...was.values()].filter((claim) => ![...is.values()].includes(claim));
    if (gone.length === 0) return [];
    const instead = [...was].flatMap(([volume, claim]) => (gone.includes(claim) ? (is.get(volume) ?? []) : []));
    return [{ effect: "outage", field: "spec.template.spec.volumes", says: `its pods mount ${gone.join(", ")} no more${instead.length ? `, and begin with what is in ${instead.join(", ")}` : ""}: what was stored stays where it is, out of reach` }];
  },
};

/** The claims of a pod, by the volume's name. */
const claimsOf = (manifest: Manifest): ReadonlyMap<string, string> =>
  new Map(
    (podTemplateOf(manifest)?.spec.volumes ?? []).flatMap((volume) => {
      const claim = fieldOf(volume, "persistentVolumeClaim", "claimName");
      return typeof claim === "string" ? [[volume.name, claim] as const] : [];
    }),
  );
