import { z } from "zod";
import type { Mistake } from "../../engine/model/app";
import { bytes, bytesFrom, bytesOf, cpu, milliCpuOf, type Bytes, type Cpu } from "../../engine/model/quantity";
import type { TomlTable } from "./toml";

/** What a job's own container gets: `jobs: { memoryLimit: "8Gi" }`. What is left out keeps its default. */
export const jobSetting = z
  .strictObject({
    cpu: cpu.default("500m"),
    memory: bytes.default("1Gi"),
    memoryLimit: bytes.default("4Gi"),
    /** The most that it may write to its node's disk, its image's layers included. */
    disk: bytes.default("20Gi"),
  })
  .prefault({});

export type JobResources = z.output<typeof jobSetting>;

/** Packing a cache takes the helper more than GitLab's minimum of 250Mi: docs/executors/kubernetes at 19.3. */
const helper = { cpu: "50m", memory: "128Mi", memoryLimit: "512Mi", disk: "2Gi" } as const;
const service = { cpu: "100m", memory: "256Mi", memoryLimit: "2Gi" } as const;

/** What a build is sure to get of its node's disk. */
const buildDisk: Bytes = "1Gi";

/** What each container of a job's pod gets. CPU is not limited: a limit only slows what has room. */
export const jobContainers = (jobs: JobResources): TomlTable => ({
  cpu_request: jobs.cpu,
  memory_request: jobs.memory,
  memory_limit: jobs.memoryLimit,
  ephemeral_storage_request: buildDisk,
  ephemeral_storage_limit: jobs.disk,
  helper_cpu_request: helper.cpu,
  helper_memory_request: helper.memory,
  helper_memory_limit: helper.memoryLimit,
  helper_ephemeral_storage_limit: helper.disk,
  service_cpu_request: service.cpu,
  service_memory_request: service.memory,
  service_memory_limit: service.memoryLimit,
  service_ephemeral_storage_limit: jobs.disk,
});

/**
 * What a job's pod asks of its node. Services that a job adds come on top. A limit of scratch space without a request, as of the
 * helper and the daemon, is the request.
 */
export function jobPod(jobs: JobResources, daemon: boolean): { readonly cpu: Cpu; readonly memory: Bytes; readonly ephemeralStorage: Bytes } {
  const containers = [jobs, helper, ...(daemon ? [service] : [])];
  return {
    cpu: `${containers.reduce((sum, it) => sum + milliCpuOf(it.cpu), 0)}m`,
    memory: bytesFrom(containers.reduce((sum, it) => sum + bytesOf(it.memory), 0)),
    ephemeralStorage: bytesFrom([buildDisk, helper.disk, ...(daemon ? [jobs.disk] : [])].reduce((sum, disk) => sum + bytesOf(disk), 0)),
  };
}

/** A pod whose limit is below its request is refused, job after job. */
export const jobMistakes = ({ memory, memoryLimit }: JobResources): readonly Mistake[] =>
  bytesOf(memory) <= bytesOf(memoryLimit)
    ? []
    : [{ rule: "runner-job-memory", found: `jobs.memory ${memory}, and jobs.memoryLimit ${memoryLimit}`, expected: "a limit that is no less than the request", fix: `Raise jobs.memoryLimit to ${memory} or more` }];
