import { error, type Finding } from "../../model/finding";
import type { Lab } from "../../model/lab";
import { repeated } from "../groups";

/** A release or a cluster is there, or on its way out, or gone: never two of these, and its leaving is decided once. */
export const retiredOnce = (lab: Lab): readonly Finding[] => [...retiredReleases(lab), ...retiredClusters(lab)];

function retiredClusters({ clusters, retired = [] }: Lab): readonly Finding[] {
  const finding = (address: string, found: string, fix: string): Finding => error({ rule: "retired-once", address, found, expected: "a cluster of the lab, or retired once", fix });
  return [
    ...clusters.filter(({ name }) => retired.some((it) => it.name === name)).map(({ name }) => finding(name, "it is retired and still a cluster of the lab", "Remove it from `clusters`, or its entry in the lab's `retired`")),
    ...repeated(retired, ({ name }) => name).map(([name, same]) => finding(name, `it is retired ${same.length} times`, "Keep one entry")),
  ];
}

const retiredReleases = (lab: Lab): readonly Finding[] =>
  lab.clusters.flatMap((cluster) => {
    const retired = (cluster.retired ?? []).map(({ placement }) => placement.name);
    const placed = new Set(cluster.runs.map(({ name }) => name));
    const finding = (name: string, found: string, fix: string): Finding =>
      error({ rule: "retired-once", address: `${cluster.name}/${name}`, found, expected: "placed, or retired once", fix });
    return [
      ...[...new Set(retired)]
        .filter((name) => placed.has(name))
        .map((name) => finding(name, "it is retired and still placed", "Remove it from `runs`, or its `retired` entry")),
      ...repeated(retired, (name) => name).map(([name, same]) =>
        finding(name, `it is retired ${same.length} times`, "Keep the one entry that says what should happen"),
      ),
    ];
  });
