import { fieldOf } from "../../model/manifest";
import type { Rule } from "../change";
import { listAt } from "../list-at";

/** Who is asked before an object is written: a webhook that must answer and does not stops every such write. */
export const webhook: Rule = {
  name: "webhook",
  judge: ({ kind, before, after, fate }) => {
    if (!/^(Validating|Mutating)WebhookConfiguration$/.test(kind) || !after || (fate !== "apply" && fate !== "create")) return [];
    const strict = (manifest: unknown) => listAt(manifest, "webhooks").filter((it) => (fieldOf(it, "failurePolicy") ?? "Fail") === "Fail").map((it) => String(fieldOf(it, "name")));
    const more = strict(after).filter((name) => !strict(before).includes(name));
    return more.length ? [{ effect: "live change", field: "webhooks", says: `writes wait for ${more.join(", ")}, and are refused while nobody answers` }] : [];
  },
};
