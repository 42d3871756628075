import { summaryOf } from "./summary";
import type { Report } from "./text";

/** The same for programs: every consequence, and every field that differs. */
export function jsonReport({ lab, base, notes, plan, warnings, acknowledged }: Report): string {
  const units = plan.units.map(({ differences, ...unit }) => ({
    ...unit,
    differences: differences.map(({ path, object, how, fields }) => ({ path, object, how, fields: fields.map(({ path: field, before, after }) => ({ field: field.join("."), before, after })) })),
  }));
  return `${JSON.stringify({ lab, base, notes, summary: summaryOf(plan), units, warnings, acknowledged })}\n`;
}
