import { z } from "zod";
import { authorityOf, type Authority } from "../../engine/model/authority";
import type { CalleeGrant } from "../../engine/model/grants";
import { speaks, type Peer } from "../../engine/model/needs";
import { toUrl } from "../../engine/model/server";
import type { Site } from "../../engine/model/site";

/** Whose jobs: GitLab's address, on the internet or in the house, or `lab` for the one that the lab runs or describes as an external. */
export const gitlabSetting = z.union([z.literal("lab"), z.url({ protocol: /^https?$/ })]).default("https://gitlab.com");

/** The runner asks GitLab for work, and each job clones from it. Jobs may reach the web's own ports anyway. */
export function gitlabPeers(gitlab: string, site: Site): { readonly gitlab: Peer; readonly jobsGitlab?: Peer } {
  if (gitlab === "lab") return { gitlab: speaks("gitlab", { from: "gitlab-runner", takesAuthority: true }), jobsGitlab: speaks("gitlab", { from: "job", takesAuthority: true }) };
  const [own, jobs] = [toUrl(site, gitlab, "gitlab-runner"), toUrl(site, gitlab, "job")];
  const isOpen = jobs.kind === "internet" && (jobs.port === 443 || jobs.port === 80);
  return { gitlab: own, ...(isOpen ? {} : { jobsGitlab: jobs }) };
}

/** Whom the runner, and with it every job's git, must believe besides public authorities. */
export const gitlabAuthority = (gitlab: string, answers: CalleeGrant, { lab }: Site): Authority | undefined => (gitlab === "lab" ? answers.authority : authorityOf(gitlab, lab));

export const gitlabUrl = (gitlab: string, answers: CalleeGrant): string => (gitlab === "lab" ? answers.url : gitlab);
