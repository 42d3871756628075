import { fieldOf } from "../../engine/model/manifest";
import { place, type Patch } from "../../engine/model/placement";
import { image } from "../../engine/model/image";
import { containerApp } from "../../engine/workload/container-app";
import { builtOf, worldRunning } from "../lab-of";

const app = containerApp({ name: "app", image: image("docker.io/library/app", "1.0"), port: 8080, args: ["a", "b"] });
const patchedWith = (...patch: readonly Patch[]) => builtOf(worldRunning(place(app, { patch })))[0]!;
const spec = (it: ReturnType<typeof patchedWith>) => fieldOf(it.manifests.find(({ kind }) => kind === "Deployment"), "spec", "template", "spec");

test("a patch sets a field that no setting offers", () => {
  const it = patchedWith({ of: "Deployment/app", at: "/spec/template/spec/hostname", value: "llm", because: "the licence knows it" });
  expect(fieldOf(spec(it), "hostname")).toBe("llm");
  expect(it.findings).toEqual([]);
});

test("without a value it removes the field", () => {
  const it = patchedWith({ of: "Deployment/app", at: "/spec/template/spec/containers/0/livenessProbe", because: "the debugger stops it" });
  expect(fieldOf(spec(it), "containers", 0, "livenessProbe")).toBeUndefined();
});

test("it reaches into lists, and adds at their end", () => {
  const it = patchedWith({ of: "Deployment/app", at: "/spec/template/spec/containers/0/args/-", value: "c", because: "one more" });
  expect(fieldOf(spec(it), "containers", 0, "args")).toEqual(["a", "b", "c"]);
});

test.each([
  ["Deployment/gone", "/spec/replicas"],
  ["Deployment/app", "/spec/gone/deep"],
  ["Deployment/app", "/spec/template/spec/containers/7/image"],
])("one that matches nothing is a finding: %s %s", (of, at) => {
  expect(patchedWith({ of, at, value: 1, because: "an older version" }).findings).toMatchObject([{ rule: "patch-applies", address: "one/app" }]);
});
