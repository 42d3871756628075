import { fieldOf } from "../../model/manifest";
import { arrayOf } from "./violations";

type Labels = Readonly<Record<string, string>>;

/** Whether a label selector takes something with these labels. An empty one takes everything. https://kubernetes.io/docs/concepts/overview/working-with-objects/labels/ */
export const selects = (selector: unknown, labels: Labels): boolean =>
  matches(fieldOf(selector, "matchLabels"), labels) &&
  arrayOf(fieldOf(selector, "matchExpressions")).every((expression) => holds(expression, labels));

/** Whether every one of these equalities holds. */
export const matches = (wanted: unknown, labels: Labels): boolean =>
  Object.entries(typeof wanted === "object" && wanted !== null ? wanted : {}).every(([key, value]) => labels[key] === value);

function holds(expression: unknown, labels: Labels): boolean {
  const own = labels[String(fieldOf(expression, "key"))];
  const values = arrayOf(fieldOf(expression, "values"));
  switch (fieldOf(expression, "operator")) {
    case "In":
      return own !== undefined && values.includes(own);
    case "NotIn":
      return own === undefined || !values.includes(own);
    case "Exists":
      return own !== undefined;
    default:
      return own === undefined;
  }
}
