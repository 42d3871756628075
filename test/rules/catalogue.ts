import { alertmanager } from "../../apps/alertmanager/alertmanager";
import { ollama } from "../../apps/ollama/ollama";
import { prometheus } from "../../apps/prometheus/prometheus";
import type { RuleGroup } from "../../engine/model/needs";
import { place } from "../../engine/model/placement";
import type { Release } from "../../engine/model/release";
import { resolve, type World } from "../../engine/model/resolve";
import { seriesOf } from "../../engine/model/series";
import { monitoring, watchedOnKind } from "../apps/monitoring";
import { labs } from "../labs";

/** Everything that monitoring brings, with every choice made that adds rules. */
export const fullMonitoring: World = watchedOnKind(
  ...monitoring(
    place(prometheus, { settings: { replicas: 2, remoteWrite: { to: "internet", host: "metrics.test.example", user: "lab", passwordKey: "metrics/password" } } }),
    place(alertmanager, { settings: { replicas: 2 } }),
  ),
  place(ollama),
);

export interface ReleaseRules {
  readonly release: string;
  readonly groups: readonly RuleGroup[];
  /** Every metric that something on the same cluster is declared to serve, or that a rule there records. */
  readonly metrics: ReadonlySet<string>;
}

const rulesOf = (release: Release, world: World): ReleaseRules => ({
  release: release.address,
  groups: release.needs.watches?.rules ?? [],
  metrics: new Set(world.releases.filter(({ cluster }) => cluster === release.cluster).flatMap(({ needs }) => seriesOf(needs.watches))),
});

const worlds = [fullMonitoring, ...Object.values(labs).map((lab) => resolve(lab).world)];

/** Every release with rules of its own, in the lab of these tests and in every lab of the repository. */
export const catalogue: readonly ReleaseRules[] = worlds.flatMap((world) => world.releases.filter(({ needs }) => needs.watches?.rules?.length).map((release) => rulesOf(release, world)));

/** One release for each set of rules: most clusters run the same. */
export const distinct: readonly ReleaseRules[] = [...new Map(catalogue.map((it) => [JSON.stringify(it.groups), it])).values()];
