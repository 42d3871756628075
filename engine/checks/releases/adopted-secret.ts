import { error, type Finding } from "../../model/finding";
import { nearest } from "../../model/nearest";
import type { Release } from "../../model/release";
import { onEachRelease, type World } from "../../model/resolve";

/** A running app has its secrets already: where one would be generated, its owner says what becomes of the old value. */
export const adoptedSecret = (world: World): readonly Finding[] => onEachRelease(world, (release) => (release.placement.adopt ? [...unsaid(release), ...unknown(release)] : []));

const generatedIn = ({ needs }: Release): readonly string[] => Object.entries(needs.secrets ?? {}).flatMap(([name, need]) => (need.from === "generated" ? [name] : []));

const unsaid = (release: Release): readonly Finding[] =>
  generatedIn(release)
    .filter((name) => release.placement.adopt?.secrets?.[name] === undefined)
    .map((name) =>
      error({
        rule: "adopted-secret",
        address: release.address,
        found: `it adopts a running app, and secrets.${name} is generated: the app gets a new value in the place of the one that it has`,
        expected: `adopt.secrets.${name}: "kept" or "new"`,
        fix: 'Put the old value where ours is taken from, as docs/adopting.md says, and write "kept"; write "new" where the app can do without the old one',
      }),
    );

function unknown(release: Release): readonly Finding[] {
  const known = generatedIn(release);
  return Object.keys(release.placement.adopt?.secrets ?? {})
    .filter((name) => !known.includes(name))
    .map((name) =>
      error({
        rule: "adopted-secret",
        address: release.address,
        found: `adopt.secrets.${name}, and ${release.app.name} generates no such secret`,
        expected: known.length ? `one of: ${known.join(", ")}` : "nothing: it generates none",
        fix: nearest(name, known) ? `Write ${nearest(name, known)}` : "Remove it",
      }),
    );
}
