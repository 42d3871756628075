import type { Operator, Part } from "../../tools/operators/run/operator";
import { clustersFor, placedOn, withNeeded } from "../../tools/operators/run/placed";

const operator = (name: string, part: Partial<Part> = {}, needs: readonly Operator[] = []): Operator => ({
  name,
  parts: [{ workload: name, program: "traefik", ...part }],
  needs,
  examine: () => Promise.resolve([]),
});
const cluster = (name: string, ...deployments: string[]) => ({ name, objects: deployments.map((each) => ({ apiVersion: "apps/v1", kind: "Deployment", metadata: { name: each } })) });

const maker = operator("maker");
const made = operator("made", { kind: "StatefulSet", madeIn: "maker" }, [maker]);
const agent = operator("agent", { kind: "DaemonSet" });
const other = operator("other");
const all = [maker, made, agent, other];
const names = (operators: readonly Operator[] = []): readonly string[] => operators.map(({ name }) => name);

test("an operator is where its workloads are committed, and what it makes is there with it", () => {
  expect(names(placedOn(cluster("one", "maker", "agent"), all))).toEqual(["maker", "made"]);
  expect(names(placedOn(cluster("two", "other"), all))).toEqual(["other"]);
});

test("an operator is not where it would have nothing to do", () => {
  const busy = { ...agent, suits: (objects: readonly { readonly kind: string }[]) => objects.some(({ kind }) => kind === "Schedule") };
  const daemon = { apiVersion: "apps/v1", kind: "DaemonSet", metadata: { name: "agent" } };
  expect(names(placedOn({ name: "one", objects: [daemon] }, [busy]))).toEqual([]);
  expect(names(placedOn({ name: "two", objects: [daemon, { apiVersion: "velero.io/v1", kind: "Schedule", metadata: { name: "x" } }] }, [busy]))).toEqual(["agent"]);
});

test("each operator is run once, on as few clusters as may be", () => {
  const runs = clustersFor([cluster("small", "maker"), cluster("large", "maker", "other"), cluster("last", "other")], all);
  expect([...runs].map(([name, operators]) => [name, names(operators)])).toEqual([["large", ["maker", "made", "other"]]]);
});

test("what a second cluster shows brings what it needs", () => {
  const needy = operator("needy", {}, [maker]);
  const runs = clustersFor([cluster("one", "maker", "other", "third"), cluster("two", "maker", "needy")], [maker, other, operator("third"), needy]);
  expect(names(runs.get("two"))).toEqual(["maker", "needy"]);
});

test("who is asked for brings those that it needs", () => {
  expect(names(withNeeded([made], all))).toEqual(["maker", "made"]);
});
