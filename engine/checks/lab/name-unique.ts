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
    ...lab.clusters.flatMap((cluster) => [
      ...among("node", cluster.nodes, `${cluster.name} `),
      ...among("release", cluster.runs, `${cluster.name}/`),
    ]),
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
