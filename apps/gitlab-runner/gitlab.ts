import { z } from "zod";
import type { CalleeGrant } from "../../engine/model/grants";
import { internet, speaks, type Peer } from "../../engine/model/needs";

/** Whose jobs: GitLab's address on the internet, or `lab` for the one that the lab runs or describes as an external. */
export const gitlabSetting = z.union([z.literal("lab"), z.url({ protocol: /^https?$/ })]).default("https://gitlab.com");

/** The runner asks GitLab for work, and each job clones from it. Jobs may reach the web's own ports anyway. */
export function gitlabPeers(gitlab: string): { readonly gitlab: Peer; readonly jobsGitlab?: Peer } {
  if (gitlab === "lab") return { gitlab: speaks("gitlab", { from: "gitlab-runner" }), jobsGitlab: speaks("gitlab", { from: "job" }) };
  const { hostname, port, protocol } = new URL(gitlab);
  const at = Number(port) || (protocol === "http:" ? 80 : 443);
  return { gitlab: internet(hostname, { from: "gitlab-runner", port: at }), ...(at === 443 || at === 80 ? {} : { jobsGitlab: internet(hostname, { from: "job", port: at }) }) };
}

export const gitlabUrl = (gitlab: string, answers: CalleeGrant): string => (gitlab === "lab" ? answers.url : gitlab);
