import { generated, precious, type GeneratedSecret, type Store } from "../../engine/model/needs";
import type { Person } from "../../engine/model/person";
import type { Bytes } from "../../engine/model/quantity";

/** The need names of what every person has; the names of the objects follow from them. */
export const homeOf = ({ name }: Pick<Person, "name">): string => `home-${name}`;
export const passwordOf = ({ name }: Pick<Person, "name">): string => `password-${name}`;

/**
 * A home for each person, claimed here and not by the hub when somebody first signs in: so it is backed up and guarded like
 * everything else that is precious, and the hub needs no right to make or delete volumes.
 */
export const homes = (people: readonly Person[], space: Bytes): Readonly<Record<string, Store & { as: "volume" }>> => Object.fromEntries(people.map((it) => [homeOf(it), precious(space)]));

/** Long enough that nobody guesses one, however often they may try. */
export const passwords = (people: readonly Person[]): Readonly<Record<string, GeneratedSecret>> => Object.fromEntries(people.map((it) => [passwordOf(it), generated({ length: 24 })]));

export const isAdmin = ({ groups }: Person): boolean => groups.includes("admins");
