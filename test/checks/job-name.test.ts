import { jobName } from "../../engine/checks/manifests/job-name";
import { image } from "../../engine/model/image";
import { place } from "../../engine/model/placement";
import { Job } from "../../engine/workload/job";
import { appOf, builtOf, worldRunning } from "../lab-of";

const found = (options: { readonly revision?: string; readonly schedule?: string }) => {
  const job = { image: image("docker.io/x/y", "1"), resources: { cpu: "1", memory: "1Gi" }, endsWithinSeconds: 60, ...options } as const;
  return jobName(builtOf(worldRunning(place(appOf({ build: (chart) => void new Job(chart, "setup", job) }))))).map((it) => it.found);
};

test("a Job under a fixed name is a warning: its next version would be refused", () => {
  expect(found({})).toEqual(["Job/app-setup has a fixed name"]);
});

test("a revision in the name, or a schedule, is fine", () => {
  expect(found({ revision: "3f2a" })).toEqual([]);
  expect(found({ schedule: "0 3 * * *" })).toEqual([]);
});
