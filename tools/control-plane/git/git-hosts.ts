import { importedOperators } from "../../../imports/operators";
import type { LabUnderTest } from "../cluster/cluster-under-test";
import { UserError } from "../user-error";

/** The hosts that Argo CD fetches from: the lab's repository, and operators' own. */
export function gitHosts({ repository }: LabUnderTest): readonly string[] {
  if (!repository.startsWith("https://")) throw new UserError(`The whole run can only serve a repository at an https address, and the lab's is ${repository}. Use --dry-run.`);
  const urls = [repository, ...importedOperators.flatMap(({ source }) => (source === undefined ? [] : [source.repoURL]))];
  return [...new Set(urls.map((url) => new URL(url).hostname))];
}
