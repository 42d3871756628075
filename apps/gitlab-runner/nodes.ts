import type { Mistake } from "../../engine/model/app";
import { isTolerated, labelledNodes } from "../../engine/model/candidate-nodes";
import type { Node } from "../../engine/model/cluster";
import type { Architecture } from "../../engine/model/image";
import type { Site } from "../../engine/model/site";
import type { Builds } from "./builds";

interface Where {
  readonly name: string;
  readonly site: Site;
  readonly settings: { readonly builds: Builds; readonly arch?: Architecture | undefined };
}

/** The nodes that jobs may stand on: those that the placement leaves, of the architecture that was chosen. */
function jobNodes({ name, site: { cluster }, settings }: Where): readonly Node[] {
  const placement = cluster.runs.find((it) => it.name === name);
  if (!placement) return [];
  const tolerations = placement.tolerates.map((it) => ({ ...it, operator: it.value === undefined ? "Exists" : "Equal" }));
  return labelledNodes({ cluster, placement }).filter((node) => isTolerated(node, tolerations) && node.arch === (settings.arch ?? node.arch));
}

/** What jobs run on. A runner serves one architecture: its helper image is built for one, and so are most job images. */
export const archOf = (where: Where): Architecture => where.settings.arch ?? jobNodes(where)[0]?.arch ?? "amd64";

/** What is wrong with the nodes that a placement leaves to jobs. */
export function nodeMistakes(where: Where): readonly Mistake[] {
  const nodes = jobNodes(where);
  const architectures = [...new Set(nodes.map(({ arch }) => arch))];
  const shared = nodes.filter(({ taints }) => !taints.some(({ effect }) => effect !== "PreferNoSchedule"));
  return [
    ...(architectures.length > 1
      ? [{ rule: "runner-architecture", found: `nodes of ${architectures.join(" and ")}`, expected: "one architecture, so that every job of one runner finds the same", fix: "Set arch, or place it on nodes of one; a second release serves the other" }]
      : []),
    ...(where.settings.builds === "docker-in-docker" && shared.length > 0
      ? [
          {
            rule: "runner-docker-nodes",
            found: `privileged jobs on ${shared.map(({ name }) => name).join(", ")}, where everything else may stand too`,
            expected: "nodes with a taint that keeps all others away: whoever changes a job's file owns its node",
            fix: 'Taint nodes for it and place it with `on` and `tolerates`, or set builds to "buildkit-rootless"',
          },
        ]
      : []),
  ];
}
