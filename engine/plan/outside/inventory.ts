import type { Verdict } from "../change";
import { comeAndGone } from "../come-and-gone";
import { textsAt } from "../list-at";
import { poolVerdicts } from "./disk-pool";
import { onceApplied } from "./outside-change";

/** What Ansible's inventory says of machines: whose keys open them, and which disks they join. Whatever else differs just holds from then on. */
export function inventoryVerdicts(before: unknown, after: unknown): readonly Verdict[] {
  const said = [...keys(before, after), ...poolVerdicts(before, after)];
  return said.length ? [...said, { effect: "live change", says: onceApplied }] : [];
}

function keys(before: unknown, after: unknown): readonly Verdict[] {
  const field = "all.vars.base_admin_keys";
  const { come, gone } = comeAndGone(textsAt(before, "all", "vars", "base_admin_keys"), textsAt(after, "all", "vars", "base_admin_keys"));
  return [
    ...(come.length ? [{ effect: "live change" as const, field, opens: true as const, says: `every machine is opened by ${come.map(ownerOf).join(", ")}` }] : []),
    ...(gone.length ? [{ effect: "live change" as const, field, says: `no machine is opened any more by ${gone.map(ownerOf).join(", ")}` }] : []),
  ];
}

/** The end of a public key and its comment: enough to know it by. */
const ownerOf = (key: string): string => {
  const [, material = "", ...comment] = key.split(" ");
  return `…${material.slice(-12)}${comment.length ? ` (${comment.join(" ")})` : ""}`;
};
