import type { Endpoint } from "./needs";
import type { Release } from "./release";

/** The name under which people reach an endpoint: `ollama.forge.hearth.example`. */
export const hostNameOf = (release: Release, endpoint: Endpoint): string => `${endpoint.host ?? release.name}.${release.site.domain}`;
