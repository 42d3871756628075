import { HEADER } from "../../engine/emit/header";
import type { Lab } from "../../engine/model/lab";
import { resolve } from "../../engine/model/resolve";
import { backupsPage } from "./backups";
import { costsPage } from "./costs";

/** Pages for people, which follow from the lab as everything else does. */
export function reportFiles(lab: Lab): ReadonlyMap<string, string> {
  const { world } = resolve(lab);
  const page = (name: string, text: string): readonly [string, string] => [`docs/generated/${name}.md`, `<!-- ${HEADER} -->\n${text}`];
  return new Map([
    ...(lab.backups ? [page("backups", backupsPage(world))] : []),
    ...(lab.prices ? [page("costs", costsPage(world, lab.prices))] : []),
  ]);
}
