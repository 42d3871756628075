import { error, type Finding } from "../../model/finding";
import type { Release } from "../../model/release";
import type { World } from "../../model/resolve";
import { credentialIn, looksRandom, namesSecret } from "../secret-text";

/** No setting or patch holds a secret's value: what stands in the lab stands in git for ever. */
export function secretLiteral(world: World): readonly Finding[] {
  const judge = judgeOnce();
  return world.onEachCluster((cluster, releases) =>
    [...releases, ...world.retired.filter((it) => it.cluster.name === cluster.name)].flatMap((release) => [
      ...textsIn(release.settings, "").flatMap(([path, text]) => literal(release, `setting "${path}"`, judge(path, text))),
      ...release.placement.patch.flatMap(({ of, at, value }) =>
        textsIn(value, at).flatMap(([path, text]) => literal(release, `the patch of ${of} at ${at}`, judge(path, text))),
      ),
    ]),
  );
}

/** What a text holds that no lab may, each text once: most releases have the same. */
function judgeOnce(): (path: string, text: string) => string | undefined {
  const known = new Map<string, string | undefined>();
  return (path, text) => {
    const key = `${path}\0${text}`;
    if (!known.has(key)) known.set(key, credential(path, text));
    return known.get(key);
  };
}

function credential(path: string, text: string): string | undefined {
  const name = path.split(/[./]/).at(-1) ?? path;
  return credentialIn(text) ?? (namesSecret(name) && text !== "" ? "a secret's value" : looksRandom(text) && !/public/i.test(path) ? "what looks like a random key" : undefined);
}

function literal(release: Release, what: string, held: string | undefined): readonly Finding[] {
  if (held === undefined) return [];
  return [
    error({
      rule: "secret-literal",
      address: release.address,
      found: `${what} holds ${held}`,
      expected: "no value of a secret in the lab: only where it is kept, or that it is generated",
      fix: "Make it a need of the app, secrets: { … vault(key) or generated() }, and replace the value that was written down",
    }),
  ];
}

/** Every text in a value, with the path that leads to it. */
function textsIn(value: unknown, path: string): readonly (readonly [path: string, text: string])[] {
  if (typeof value === "string") return [[path, value]];
  if (typeof value !== "object" || value === null) return [];
  return Object.entries(value).flatMap(([key, inner]) => textsIn(inner, path ? `${path}.${key}` : key));
}
