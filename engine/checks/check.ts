import type { Built } from "../model/built";
import type { Finding } from "../model/finding";
import type { Lab } from "../model/lab";
import type { World } from "../model/resolve";

/** A rule about what the owner wrote, before any choice is made. */
export type LabCheck = (lab: Lab) => readonly Finding[];

/** A rule about releases and what clusters provide, before anything is built. */
export type ReleaseCheck = (world: World) => readonly Finding[];

/** A rule about the objects that will be written. */
export type ManifestCheck = (built: readonly Built[], world: World) => readonly Finding[];
