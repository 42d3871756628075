import { offloadValid } from "../../engine/checks/lab/offload-valid";
import type { Offload, OffloadMachine } from "../../engine/model/offload";
import { lab } from "../../examples/hybrid/lab";

const found = (given: Partial<Offload>) => offloadValid({ ...lab, offload: { ...lab.offload!, ...given } }).map((it) => [it.rule, it.found]);
const machine = (given: Partial<OffloadMachine>) => ({ machine: { ...lab.offload!.machine!, ...given } });
const [caller] = lab.offload!.models!;

test("the hybrid lab's is sound, and a lab needs none", () => {
  expect(found({})).toEqual([]);
  const { offload: _, ...without } = lab;
  expect(offloadValid(without)).toEqual([]);
});

test.each<[string, Partial<Offload>, readonly string[]]>([
  ["the copies' own project", { project: "hybrid-example-backups" }, ["offload-apart", "project = hybrid-example-backups, which holds the copies"]],
  ["a project's name for its id", { project: "My Project" }, ["offload-valid", 'project = "My Project"']],
  ["a cluster that is not there", { models: [{ ...caller!, cluster: "attics" }] }, ["reference-known", 'models names cluster "attics", and there is none']],
  ["an account that Google finds too short", { models: [{ ...caller!, cluster: "attic", account: "" }] }, ["offload-valid", "the account -attic"]],
  ["two pods as one", { models: [caller!, { ...caller!, namespace: "other" }] }, ["offload-valid", "2 pods that would ask as litellm-attic"]],
  ["a zone elsewhere", machine({ zone: "us-central1-a" }), ["offload-valid", "zone = us-central1-a, in another region than europe-west1"]],
  ["a disk without a unit", machine({ disk: "200" as never }), ["quantity-valid", 'disk = "200"']],
  ["a machine that would run for a year", machine({ stopsAfter: "1y" }), ["offload-valid", 'stopsAfter = "1y"']],
])("%s is found", (_, given, finding) => {
  expect(found(given)).toEqual([finding]);
});
