import { argocdFindings, ownedOnce } from "../../engine/argocd/findings";
import { sentenceOf } from "../../engine/model/finding";
import { place } from "../../engine/model/placement";
import type { World } from "../../engine/model/resolve";
import { image } from "../../engine/model/image";
import { Workload } from "../../engine/workload/workload";
import { appOf, builtOf, clusterOf, worldOf } from "../lab-of";
import { argoCd, hubAndSpoke, syncedBy } from "./hub";

const rules = (world: World) => [...argocdFindings(world), ...ownedOnce(builtOf(world))].map(({ rule, address }) => `${rule} ${address}`);
const gitops = { repository: "https://git.test.example/lab.git", branch: "main", mode: "hub", hub: "hub" } as const;

test("two releases whose Applications would have one name are found, also across clusters", () => {
  const clusters = [clusterOf({ name: "hub", runs: [argoCd] }), clusterOf({ name: "a", runs: [place(appOf(), { as: "b-c" })] }), clusterOf({ name: "a-b", runs: [place(appOf(), { as: "c" })] })];
  expect(rules(worldOf({ gitops, clusters }))).toEqual(["application-name-unique a-b/c"]);
});

test("releases of one name on different clusters are different Applications", () => {
  expect(rules(hubAndSpoke([place(appOf()), place(appOf(), { as: "second" })]))).toEqual([]);
});

test("a release may not take the name of what the engine itself syncs", () => {
  expect(rules(hubAndSpoke([place(appOf(), { as: "priority-classes" })]))).toEqual(["application-name-unique one/priority-classes"]);
  expect(rules(hubAndSpoke([place(appOf({ crds: ["metallb"] })), place(appOf(), { as: "crds-metallb" })]))).toEqual(["application-name-unique one/crds-metallb"]);
});

test.each(["default", "argocd", "crds"])("no cluster may be called %s", (name) => {
  const clusters = [clusterOf({ name: "hub", runs: [argoCd] }), clusterOf({ name })];
  expect(rules(worldOf({ gitops, clusters }))).toEqual([`project-name-unique ${name}`]);
});

test("an object has one owner on a cluster", () => {
  const server = appOf({ build: (chart) => void new Workload(chart, "app", { image: image("docker.io/library/web", "1"), resources: { cpu: "1", memory: "1Gi" } }) });
  const both = hubAndSpoke([place(server, { as: "one" }), place(server, { as: "two", adopt: { namespace: "one", names: { "Deployment/two": "one" } } })]);
  expect(ownedOnce(builtOf(both)).map(sentenceOf)).toContainEqual(expect.stringMatching(/^one\/two: Deployment\/one, which one\/one writes too/));
  expect(rules(hubAndSpoke([place(server, { as: "one" }), place(server, { as: "two" })]))).toEqual([]);
});

test("a hub without an Argo CD is found, and so are two", () => {
  expect(rules(syncedBy({ mode: "hub", hub: "hub" }, []))).toEqual(["argocd-placed-once hub"]);
  expect(rules(syncedBy({ mode: "hub", hub: "hub" }, [argoCd, place(argoCd.app, { as: "second" })]))).toEqual(["argocd-placed-once hub"]);
  expect(rules(syncedBy({ mode: "perCluster" }, [argoCd]))).toEqual(["argocd-placed-once one"]);
});

test("an operator whose CRDs nobody imported is found", () => {
  expect(rules(hubAndSpoke([place(appOf({ crds: ["nobody"] }))]))).toEqual(["crds-imported one/app"]);
});
