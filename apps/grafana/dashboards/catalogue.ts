import type { Neighbour } from "../../../engine/model/neighbour";
import { backups } from "./backups";
import { ceph } from "./ceph";
import { certificates } from "./certificates";
import { drawn } from "./drawn";
import { gitops } from "./gitops";
import { gpu } from "./gpu";
import { nginx } from "./nginx";
import { nodes } from "./nodes";
import { ollama } from "./ollama";
import { overview } from "./overview";
import { shownWith, type Dashboard } from "./panel";
import { traefik } from "./traefik";
import { workloads } from "./workloads";

/** Every dashboard that is written here, whatever runs. */
export function authored(neighbours: readonly Neighbour[]): readonly Dashboard[] {
  const models = ollama(neighbours.filter(({ app }) => app === "ollama"));
  return [overview, nodes, workloads, gpu, ...(models ? [models] : []), ceph, gitops, backups(neighbours), certificates, traefik, nginx];
}

/** What of them a cluster with these neighbours can show. */
export function ownDashboards(neighbours: readonly Neighbour[]): readonly Dashboard[] {
  const served = new Set(neighbours.flatMap(({ series }) => series));
  return authored(neighbours).flatMap((dashboard) => shownWith(dashboard, served) ?? []);
}

/** Dashboards as JSON by file name: Grafana's own, and those that its neighbours bring. */
export const dashboardFiles = (neighbours: readonly Neighbour[]): Readonly<Record<string, string>> =>
  Object.fromEntries([
    ...ownDashboards(neighbours).map((dashboard) => [dashboard.name, jsonOf(drawn(dashboard))] as const),
    ...neighbours.flatMap(({ name, dashboards }) => Object.entries(dashboards).map(([file, dashboard]) => [`${name}-${file}`, jsonOf(dashboard)] as const)),
  ]);

const jsonOf = (dashboard: unknown): string => `${JSON.stringify(dashboard, undefined, 2)}\n`;
