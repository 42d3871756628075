import type { Release } from "./release";

/**
 * The name under which the vault keeps a secret that is made for a release, the same for ever. Joined by what no DNS label can
 * hold, so that two never meet.
 */
export const vaultKeyOf = ({ cluster, namespace }: Pick<Release, "cluster" | "namespace">, name: string): string => `${cluster.name}_${namespace}_${name}`;
