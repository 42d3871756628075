/**
 * What a change does to what runs, from least to most:
 * - nothing: the cluster does not notice;
 * - live change: the object changes in place, and pods keep running;
 * - restart: pods are replaced by new ones;
 * - recreate: an object is deleted and made anew, by Argo CD or, where it may not, by hand;
 * - outage: something people or other releases use is gone until somebody acts;
 * - data at risk: what is stored may be lost, or would have to be destroyed to get there.
 */
export const effects = ["nothing", "live change", "restart", "recreate", "outage", "data at risk"] as const;

export type Effect = (typeof effects)[number];

export const isWorse = (one: Effect, other: Effect): boolean => effects.indexOf(one) > effects.indexOf(other);

/** The gravest of them; `nothing` where there are none. */
export const worst = (all: readonly Effect[]): Effect => all.reduce<Effect>((most, next) => (isWorse(next, most) ? next : most), "nothing");
