import { acknowledged } from "../../engine/plan/acknowledged";
import { planOf, type Plan } from "../../engine/plan/plan";
import { jsonReport } from "../../engine/plan/report/json";
import { markdownReport } from "../../engine/plan/report/markdown";
import { summaryOf } from "../../engine/plan/report/summary";
import { textReport, type Report } from "../../engine/plan/report/text";
import { sideOf } from "../../engine/plan/side";
import { called, changed, claim, configMap, deployment, growingClass, namespace } from "../../tools/control-plane/plan/objects";
import { planOfRelease, treeOf, type Releases } from "../../tools/control-plane/plan/sides";

const shrunk = planOfRelease([growingClass, changed(claim, "spec.storageClassName", "growing")], [growingClass, changed(changed(claim, "spec.storageClassName", "growing"), "spec.resources.requests.storage", "1Gi")]);
const name = "one/web PersistentVolumeClaim case/data";
const reportOf = (plan: Plan, trailers: readonly string[] = []): Report => ({ lab: "lab", plan, base: "abc", warnings: { come: [], go: [] }, notes: [], acknowledged: acknowledged(plan, trailers) });
const between = (before: Releases, after: Releases): Plan => planOf(sideOf(treeOf(before)), sideOf(treeOf(after)));

test("data at risk is acknowledged by naming exactly the objects, and by nothing less", () => {
  expect(acknowledged(shrunk, [])).toEqual({ known: [], unknown: [name], stale: [] });
  expect(acknowledged(shrunk, [name])).toEqual({ known: [name], unknown: [], stale: [] });
  expect(acknowledged(shrunk, ["one/web"])).toEqual({ known: [], unknown: [name], stale: ["one/web"] });
});

test("an acknowledgement of what is not at risk is stale", () => {
  expect(acknowledged(planOfRelease([configMap], [configMap]), [name])).toEqual({ known: [], unknown: [], stale: [name] });
});

test("a report tells the trailer to write", () => {
  expect(textReport(reportOf(shrunk), { differences: 10 })).toContain(`Data-at-risk: ${name}`);
  expect(textReport(reportOf(shrunk, [name]), { differences: 10 })).toContain(`acknowledged by a commit: ${name}`);
});

test("the summary counts what a person can hold", () => {
  const image = (manifest: typeof deployment) => changed(manifest, "spec.template.spec.containers.0.image", "registry.example/web:2.0.0");
  const summary = summaryOf(between({ "one/web": [namespace, deployment], "two/web": [namespace, deployment] }, { "one/web": [namespace, image(deployment)], "two/web": [namespace, image(deployment)], "two/site": [namespace, configMap] }));
  expect(summary).toMatchObject({
    clusters: ["one", "two"],
    releases: { added: ["two/site"], changed: ["one/web", "two/web"], removed: [], moved: [] },
    versions: [{ image: "registry.example/web", from: "1.0.0", to: "2.0.0", addresses: ["one/web", "two/web"] }],
  });
});

test("what happens alike on several clusters, and differs alike in several files, is told once", () => {
  const scaled = changed(deployment, "spec.replicas", 0);
  const text = textReport(reportOf(between({ "one/web": [namespace, deployment], "two/web": [namespace, deployment] }, { "one/web": [namespace, scaled], "two/web": [namespace, scaled] })), { differences: 50 });
  expect(text.match(/none starts again/g)).toHaveLength(1);
  expect(text.match(/^- {3}2$/gm)).toHaveLength(1);
  expect(text).toContain("dist/one/web/deployment.web.yaml, dist/two/web/deployment.web.yaml");
});

test("what is said alike of several objects is told once, unless somebody has to act on each", () => {
  const [one, two] = [called(deployment, "one"), called(deployment, "two")];
  const image = (it: typeof deployment) => changed(it, "spec.template.spec.containers.0.image", "registry.example/web:1.0.1");
  const alike = textReport(reportOf(planOfRelease([one, two], [image(one), image(two)])), { differences: 0 });
  expect(alike).toContain("Deployment case/one, Deployment case/two  spec.template.spec.containers[web].image");
  expect(alike.match(/replaced step by step/g)).toHaveLength(1);
  const stopped = textReport(reportOf(planOfRelease([one, two], [changed(one, "spec.replicas", 0), changed(two, "spec.replicas", 0)])), { differences: 0 });
  expect(stopped.match(/none starts again/g)).toHaveLength(2);
});

test("machines and Applications that the same happens to are named in one line", () => {
  const nodes = (value: string) => sideOf(new Map(["pi-1", "pi-2"].map((node) => [`infra/out/k3s/pi/${node}.yaml`, `node-name: ${node}\ntoken: ${value}\n`])));
  const text = textReport(reportOf(planOf(nodes("a"), nodes("b"))), { differences: 0 });
  expect(text).toContain("restart       pi/pi-1, pi/pi-2\n");
  expect(text).toContain("infra/out/k3s/pi/pi-1.yaml, infra/out/k3s/pi/pi-2.yaml\n");
  const gone = textReport(reportOf(between({ "one/web": [deployment], "one/site": [called(deployment, "site")] }, {})), { differences: 0 });
  expect(gone.match(/whoever wants it gone/g)).toHaveLength(1);
});

test("checksums and what is equal in a long text are left out of the differences", () => {
  const long = (word: string) => changed(configMap, "data.web\\.conf", `first\n${word}\nlast\n`);
  const summed = (sum: string) => changed(deployment, "spec.template.metadata.annotations", { "checksum/config": sum });
  const text = textReport(reportOf(planOfRelease([long("old"), summed("aaa")], [long("new"), summed("bbb")])), { differences: 50 });
  expect(text).toContain('data."web.conf"\n-   old\n+   new\n');
  expect(text).not.toContain("first");
  expect(text).not.toContain("aaa");
  expect(text).toContain("only its configuration changed (config)");
});

test("Markdown folds what differs away, and closes its fences around any text", () => {
  const text = markdownReport(reportOf(planOfRelease([changed(configMap, "data.web\\.conf", "```sh\nls\n")], [changed(configMap, "data.web\\.conf", "```sh\ncat\n```\n")])));
  expect(text).toContain("<details><summary>What differs</summary>");
  expect(text).toContain("````diff");
});

test("Markdown stays shorter than a comment may be", () => {
  const text = markdownReport(reportOf(planOfRelease([configMap], [changed(configMap, "data.web\\.conf", "line of text\n".repeat(10_000))])));
  expect(text.length).toBeLessThan(65_536);
  expect(text).toContain("--diff");
});

test("and says what is at risk first, whatever does not fit", () => {
  const many = (size: string): Releases => Object.fromEntries(Array.from({ length: 900 }, (_, index) => [`one/web-${index}`, [called(changed(claim, "spec.resources.requests.storage", size), `data-${index}`)]]));
  const text = markdownReport(reportOf(between(many("2Gi"), many("1Gi"))));
  expect(text).toContain("Data-at-risk: one/web-899 PersistentVolumeClaim case/data-899");
  expect(text.length).toBeLessThan(150_000);
  expect(text.match(/<details/g) ?? []).toHaveLength((text.match(/<\/details>/g) ?? []).length);
});

test("JSON holds every consequence with its object, field and rule", () => {
  const { units, summary } = JSON.parse(jsonReport(reportOf(shrunk))) as { units: { consequences: unknown[] }[]; summary: { refused: number } };
  expect(units[0]?.consequences).toContainEqual(expect.objectContaining({ object: "PersistentVolumeClaim case/data", field: "spec.resources.requests.storage", rule: "volume-claim", effect: "data at risk", refused: true }));
  expect(summary.refused).toBe(1);
});

test("nothing that changes is said in one line", () => {
  expect(textReport(reportOf(planOfRelease([configMap], [configMap])), { differences: 10 })).toContain("Nothing changes.");
});
