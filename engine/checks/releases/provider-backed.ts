import type { Cluster } from "../../model/cluster";
import { error, type Finding } from "../../model/finding";
import type { Provider } from "../../model/provides";
import type { World } from "../../model/resolve";

/** A provider works only where the app behind it runs: on the same cluster, placed by the lab or bundled by the distribution. */
export function providerBacked(world: World): readonly Finding[] {
  return world.onEachCluster((cluster) => {
    // As placed: an app whose settings are wrong is there all the same.
    const present = new Set<string>([...cluster.runs.map(({ app }) => app.name), ...cluster.distribution.bundles]);
    return needed(cluster)
      .filter(([, app]) => !present.has(app))
      .map(([what, app]) =>
        error({
          rule: "provider-backed",
          address: cluster.name,
          found: `${what} is backed by ${app}, which is not placed on ${cluster.name}`,
          expected: `${app} among what the cluster runs`,
          fix: `Place ${app} on ${cluster.name}, or choose another provider`,
        }),
      );
  });
}

function needed({ provides }: Cluster): readonly (readonly [what: string, app: string])[] {
  const { storage, ...others } = provides;
  // Without backups nobody asks for a snapshot.
  const snapshots = provides.backup ? Object.entries(storage).flatMap(([name, { snapshotsBackedBy: app }]) => (app === undefined ? [] : [[`a snapshot of provides.storage.${name}`, app] as const])) : [];
  const providers: readonly (readonly [string, Provider | undefined])[] = [
    ...Object.entries(storage).map(([name, provider]) => [`provides.storage.${name}`, provider] as const),
    ...Object.entries(others).map(([kind, provider]) => [`provides.${kind}`, provider] as const),
  ];
  return [...providers.flatMap(([what, provider]) => (provider?.backedBy === undefined ? [] : [[what, provider.backedBy] as const])), ...snapshots];
}
