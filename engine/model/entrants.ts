import { z } from "zod";
import type { Endpoint } from "./needs";

/** Who may enter from the internet: everyone, or groups of the lab's people. */
export type Entrants = "everyone" | readonly string[];

/** The setting of an app that an owner may open to the internet; without it, it reaches no farther than the LAN. */
export const entrantsSetting = z.union([z.literal("everyone"), z.array(z.string()).min(1).readonly()], { error: '"everyone", or groups of the lab\'s people, such as ["admins"]' }).optional();

/** How far an endpoint reaches with that setting. */
export const openTo = (entrants: Entrants | undefined): Pick<Endpoint, "reach" | "enter"> => (entrants === undefined ? { reach: "lan" } : { reach: "internet", enter: entrants });
