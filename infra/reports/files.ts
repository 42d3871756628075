import { HEADER } from "../../engine/emit/header";
import type { World } from "../../engine/model/resolve";
import { backupsPage } from "./backups";
import { costsPage } from "./costs";

/** Pages for people, which follow from the lab as everything else does. */
export function reportFiles(world: World): ReadonlyMap<string, string> {
  const { lab } = world;
  const page = (name: string, text: string): readonly [string, string] => [`docs/generated/${name}.md`, `<!-- ${HEADER} -->\n${text}`];
  return new Map([
    ...(lab.backups ? [page("backups", backupsPage(world))] : []),
    ...(lab.prices ? [page("costs", costsPage(world, lab.prices))] : []),
  ]);
}
