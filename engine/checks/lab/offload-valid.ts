import { error, type Finding } from "../../model/finding";
import type { Lab } from "../../model/lab";
import { nearest } from "../../model/nearest";
import { callerName, type ModelCaller, type Offload, type OffloadMachine } from "../../model/offload";
import { bytes, duration, secondsOf } from "../../model/quantity";
import { repeated } from "../groups";

/** What is computed at Google's is described so that Google takes it, and apart from the copies. */
export function offloadValid(lab: Lab): readonly Finding[] {
  const { offload, backups } = lab;
  if (!offload) return [];
  const { models = [], machine } = offload;
  return [
    ...project(offload),
    ...(backups?.offsite.kind === "gcs" && backups.offsite.project === offload.project
      ? [finding("offload-apart", `project = ${offload.project}, which holds the copies`, "a project of its own: whoever asks a model must not come near the copies", "Make another project")]
      : []),
    ...models.flatMap((caller) => callers(caller, lab)),
    ...repeated(models, callerName).map(([name, same]) =>
      finding("offload-valid", `${same.length} pods that would ask as ${name}`, "an account for each", "Rename all but one of the pods' accounts"),
    ),
    ...(machine ? machines(machine, offload) : []),
  ];
}

/** https://cloud.google.com/resource-manager/docs/creating-managing-projects */
const project = ({ project: id }: Offload): readonly Finding[] =>
  /^[a-z][a-z0-9-]{4,28}[a-z0-9]$/.test(id)
    ? []
    : [finding("offload-valid", `project = ${JSON.stringify(id)}`, "6 to 30 small letters, digits and dashes, a letter first", "Write the project's id, not its name")];

function callers(caller: ModelCaller, { clusters }: Lab): readonly Finding[] {
  const known = clusters.map(({ name }) => name);
  const name = callerName(caller);
  return [
    ...(known.includes(caller.cluster)
      ? []
      : [
          finding(
            "reference-known",
            `models names cluster "${caller.cluster}", and there is none`,
            `one of: ${known.join(", ")}`,
            nearest(caller.cluster, known) ? `Write "${nearest(caller.cluster, known)}"` : `Describe cluster "${caller.cluster}"`,
          ),
        ]),
    // https://cloud.google.com/iam/docs/service-accounts-create
    ...(/^[a-z][a-z0-9-]{4,28}[a-z0-9]$/.test(name)
      ? []
      : [finding("offload-valid", `the account ${name}`, "6 to 30 small letters, digits and dashes", "Shorten the pod's account, or lengthen it")]),
  ];
}

function machines({ zone, disk, stopsAfter }: OffloadMachine, { region }: Offload): readonly Finding[] {
  const spans = duration.safeParse(stopsAfter).success && secondsOf(stopsAfter) >= 30 && secondsOf(stopsAfter) <= secondsOf("120d");
  return [
    ...(zone.startsWith(`${region}-`) ? [] : [finding("offload-valid", `zone = ${zone}, in another region than ${region}`, `a zone of ${region}`, `Write ${region}-b, or another that has the machine`)]),
    ...(bytes.safeParse(disk).success ? [] : [finding("quantity-valid", `disk = ${JSON.stringify(disk)}`, 'a size, such as "200Gi"', "Write it with its unit")]),
    // maxRunDuration: https://cloud.google.com/compute/docs/instances/limit-vm-runtime
    ...(spans ? [] : [finding("offload-valid", `stopsAfter = ${JSON.stringify(stopsAfter)}`, "a duration from 30s to 120d", "Write how long a forgotten machine may cost money")]),
  ];
}

const finding = (rule: string, found: string, expected: string, fix: string): Finding =>
  error({ rule, address: "offload", found, expected, fix });
