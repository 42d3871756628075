import { ApiObject, type Chart } from "cdk8s";
import type { Manifest } from "../model/manifest";

/**
 * The objects of a chart, as `chart.toJson()` has them but for their order: that one sorts them by what depends on what, which
 * costs more than making them, and has no use where each object is a file. Throws what the chart's constructs say is wrong.
 */
export function manifestsOf(chart: Chart): readonly Manifest[] {
  const constructs = chart.node.findAll();
  const problems = constructs.flatMap(({ node }) => node.validate().map((problem) => `${node.path}: ${problem}`));
  if (problems.length > 0) throw new Error(problems.join("; "));
  return constructs.filter((construct) => ApiObject.isApiObject(construct)).map((construct) => construct.toJson() as Manifest);
}
