import { error, type Finding } from "../../model/finding";
import type { Lab } from "../../model/lab";
import { repeated } from "../groups";

/** Two things of one kind with one name cannot be told apart: the second would silently take the place of the first. */
export function nameUnique(lab: Lab): readonly Finding[] {
  return [
    ...among("host", lab.hosts),
    ...among("network", lab.networks),
    ...among("cluster", lab.clusters),
    ...among("person", lab.people),
    ...among("external", lab.externals),
    ...lab.clusters.flatMap((cluster) => [...among("node", cluster.nodes, `${cluster.name} `), ...among("release", cluster.runs, `${cluster.name}/`)]),
    ...joinedNames(lab),
  ];
}

const among = (noun: string, things: readonly { readonly name: string }[], where = ""): readonly Finding[] =>
  repeated(things, ({ name }) => name).map(([name, { length }]) =>
    error({
      rule: "name-unique",
      address: noun === "release" ? `${where}${name}` : noun === "cluster" ? name : `${where}${noun} ${name}`,
      found: `${length} ${noun === "person" ? "people" : `${noun}s`} named "${name}"`,
      expected: `one ${noun} of that name`,
      fix: noun === "release" ? `Tell them apart: place(app, { as: "${name}-2" })` : "Rename all but one",
    }),
  );

/** `cluster-release` names the Application: cluster a-b with release c and cluster a with release b-c would be one (argo-cd#18201). */
function joinedNames(lab: Lab): readonly Finding[] {
  const releases = lab.clusters.flatMap(({ name, runs }) => [...new Set(runs.map((placement) => placement.name))].map((release) => ({ cluster: name, release })));
  return repeated(releases, ({ cluster, release }) => `${cluster}-${release}`)
    .filter(([, same]) => new Set(same.map(({ cluster }) => cluster)).size > 1)
    .map(([joined, same]) =>
      error({
        rule: "name-unique",
        address: same.map(({ cluster, release }) => `${cluster}/${release}`).join(" and "),
        found: `both are "${joined}" where cluster and release are joined by a dash, as in an Application's name`,
        expected: "joined names that differ over the whole lab",
        fix: "Place one of them under another name (`as`)",
      }),
    );
}
