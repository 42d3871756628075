import { expressionOf } from "../../../engine/checks/promql/expression";
import { labelsIn, type LabelsOfMetric } from "../../../engine/checks/promql/labels";

const served: Readonly<Record<string, readonly string[]>> = { pods: ["namespace", "pod", "node"], info: ["node", "kernel"], took_bucket: ["path", "le"] };
const labelsOf: LabelsOfMetric = (metric) => (served[metric] ? { known: new Set(served[metric]), open: false } : undefined);
const read = (text: string) => {
  const { labels, missing } = labelsIn(expressionOf(text), labelsOf);
  return [labels && !labels.open ? [...labels.known].sort().join(" ") : "?", missing];
};

test.each([
  ["pods", "namespace node pod"],
  ["sum(pods)", ""],
  ["sum by (namespace) (rate(pods[5m]))", "namespace"],
  ["sum without (pod) (pods)", "namespace node"],
  ["topk(3, sum by (pod) (pods))", "pod"],
  ['count_values("value", pods)', "value"],
  ["pods > 2 and on (node) info", "namespace node pod"],
  ["pods * on (node) group_left (kernel) info", "kernel namespace node pod"],
  ["info * on (node) group_right (kernel) pods", "kernel namespace node pod"],
  ["max by (node) (pods) / on (node) max by (node) (info)", "node"],
  ["sum by (node) (pods) or info", "kernel node"],
  ['label_replace(pods, "machine", "$1", "node", "(.*)")', "machine namespace node pod"],
  ["histogram_quantile(0.9, sum by (le, path) (rate(took_bucket[5m])))", "path"],
  ['absent(pods{namespace="a", pod!="b"})', "namespace"],
  ["1 - pods / 100", "namespace node pod"],
  ["sum(pods) or vector(0)", ""],
  ["nobodys", "?"],
  ["{job=\"a\"}", "?"],
])("the labels of %s", (text, labels) => {
  expect(read(text)).toEqual([labels, []]);
});

test.each([
  ['pods{pods="a"}', "label pods of pods"],
  ["sum by (name) (pods)", "label name of pods"],
  ["sum by (pod) (sum by (namespace) (pods))", "label pod of pods"],
  ["pods * on (pod) group_left () info", "label pod of info"],
  ["pods * on (node) group_left (role) info", "label role of info"],
  ['label_replace(pods, "a", "$1", "host", "(.*)")', "label host of pods"],
  ["histogram_quantile(0.9, sum by (path) (took_bucket))", "label le of took_bucket"],
  ["sum by (x) (pods / info)", "label x of pods and info"],
])("%s asks in vain", (text, missing) => {
  expect(read(text)[1]).toEqual([missing]);
});

test("a number has no labels at all", () => {
  expect(labelsIn(expressionOf("1 + 1"), labelsOf).labels).toBeUndefined();
});
