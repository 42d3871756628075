import { bucketNameOf, hostsOwner } from "../../engine/model/backup-target";
import type { Backups } from "../../engine/model/backups";
import type { Host } from "../../engine/model/host";
import type { Lab } from "../../engine/model/lab";
import { secondsOf } from "../../engine/model/quantity";
import { addressOf } from "./managed";

/** One folder of one machine, copied to one place. */
export interface ResticJob {
  readonly name: string;
  readonly path: string;
  /** https://restic.readthedocs.io/en/stable/030_preparing_a_new_repo.html */
  readonly repository: string;
  readonly every_seconds: number;
  /** The lab's own machine that keeps it, where it is one. */
  readonly keeper?: string;
}

/** What restic copies from a machine: each of its folders to every place in the house that takes restic's copies, and off site. */
export function resticJobs(host: Host, lab: Lab): readonly ResticJob[] {
  const { backups } = lab;
  if (!backups) return [];
  const every_seconds = secondsOf(backups.plans.restic.every);
  const folders = (backups.hosts ?? []).filter((it) => it.host === host.name && it.writer === "restic").map(({ path }) => path);
  return folders.flatMap((path) =>
    placesFor(host, lab, backups).map(({ place, ...rest }) => ({ name: `${path.replaceAll("/", "-").slice(1)}-${place}`, path, every_seconds, ...rest })),
  );
}

type Place = Pick<ResticJob, "repository" | "keeper"> & { readonly place: string };

function placesFor({ name }: Host, { hosts }: Lab, { offsite, onsite }: Backups): readonly Place[] {
  const bucket = bucketNameOf(offsite, { owner: hostsOwner, writer: "restic", worth: "precious" });
  const near = onsite
    .filter(({ holds }) => holds.includes("restic"))
    .flatMap((it): readonly Place[] => {
      const keeper = hosts.find((host) => host.name === it.host);
      return keeper ? [{ place: it.name, keeper: keeper.name, repository: `sftp:restic@${addressOf(keeper)}:/srv/restic/${name}` }] : [];
    });
  return [...near, { place: "offsite", repository: offsite.kind === "gcs" ? `gs:${bucket}:/${name}` : `s3:${offsite.endpoint}/${bucket}/${name}` }];
}
