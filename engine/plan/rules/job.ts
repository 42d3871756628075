import { fieldOf } from "../../model/manifest";
import type { Rule } from "../change";
import { isUnder } from "../field-change";

/** Work that ends: a new name is a new run, and a schedule's change is the next run's. */
export const job: Rule = {
  name: "job",
  judge: ({ kind, before, after, fate, fields }) => {
    if (kind === "Job" && fate === "create") return [{ effect: "live change", says: "it runs once, as soon as it is made" }];
    if (kind !== "CronJob" || fate !== "apply") return [];
    const [was, is] = [fieldOf(before, "spec", "suspend") === true, fieldOf(after, "spec", "suspend") === true];
    if (!was && is) return [{ effect: "outage", field: "spec.suspend", says: "it starts no more runs until it goes on" }];
    return fields.some((field) => isUnder(field.path, "spec")) ? [{ effect: "live change", field: "spec", says: "from its next run on; one that runs now is left alone" }] : [];
  },
};
