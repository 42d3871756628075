import type { Host } from "./host";

/**
 * The network in which a machine and all the others have a leg: what is large should not go through the router. Of several, the
 * one that the machine names last; of none, undefined.
 */
export function meetingPlace({ addresses }: Pick<Host, "addresses">, others: readonly Host[]): string | undefined {
  return Object.keys(addresses)
    .filter((network) => others.every((other) => network in other.addresses))
    .at(-1);
}
