import type { Cluster } from "../../engine/model/cluster";
import type { Image } from "../../engine/model/image";
import type { BackupProvider } from "../../engine/model/provides";
import { recipe } from "../../engine/model/recipe";
import { firstStart, firstStartComponent, firstStartName } from "./first-start";
import { nodeImage } from "./settings";

interface Choices {
  /** Whether volumes come back by themselves before an app starts on a cluster that has none of them. */
  readonly restores?: boolean;
  /** Runs the program that brings them back. */
  readonly image?: Image;
}

/**
 * Backups with Velero. Velero's release makes a Schedule for every namespace in which a release keeps something precious, so
 * that none can be forgotten; what brings it back stands in the release itself, because it has to come before the rest.
 */
export const velero = recipe(({ restores = true, image = nodeImage }: Choices = {}): BackupProvider => {
  return {
    backedBy: "velero",
    runs: ["velero"],
    ...(restores ? { firstStart: { component: firstStartComponent, image } } : {}),
    protect({ chart, release }) {
      if (restores && release.app.name !== "velero") firstStart(chart, release, { image, velero: namespaceOn(release.cluster) });
    },
    parts({ app, name, namespace, address, cluster }) {
      const own = `${cluster.name}/velero`;
      if (app.name === "velero") return [];
      return [
        { does: "copy", address: own, object: `Schedule/${namespace}` },
        { does: "drill", address: own, object: "CronJob/velero-drill" },
        ...(restores ? [{ does: "restore" as const, address, object: `Job/${firstStartName(name)}` }] : []),
      ];
    },
  };
});

/** Where the cluster's Velero stands: it insists on its release's name, and may have been adopted into another namespace. */
const namespaceOn = ({ runs }: Cluster): string => runs.find(({ app }) => app.name === "velero")?.adopt?.namespace ?? "velero";
