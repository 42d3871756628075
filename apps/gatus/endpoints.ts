import { answersPeople, type Endpoint } from "../../engine/model/needs";
import type { Neighbour } from "../../engine/model/neighbour";
import type { Duration } from "../../engine/model/quantity";

/** One line of the status page, as Gatus' configuration has it: https://github.com/TwiN/gatus/blob/v5.36.0/README.md#endpoints */
export interface Probe {
  readonly name: string;
  readonly group: string;
  readonly url: string;
  readonly interval: Duration;
  readonly conditions: readonly string[];
  readonly client: { readonly insecure: boolean; readonly "ignore-redirect": boolean; readonly timeout: string };
}

interface Asking {
  readonly group: string;
  readonly interval: Duration;
}

/** Everything that people may reach, asked within the cluster: whether the way in works, the way in itself tells. */
export const probesOf = (neighbours: readonly Neighbour[], asking: Asking): readonly Probe[] => neighbours.flatMap((neighbour) => probesOfOne(neighbour, asking));

function probesOfOne({ name, exposes }: Neighbour, { group, interval }: Asking): readonly Probe[] {
  const shown = Object.entries(exposes).filter(([, endpoint]) => answersPeople(endpoint));
  return shown.map(([port, endpoint]) => ({
    name: shown.length === 1 ? name : `${name} ${port}`,
    group,
    interval,
    ...asked(endpoint),
    // Names within the cluster are on no certificate, and where a sign-in sends a browser no policy lets it go.
    client: { insecure: true, "ignore-redirect": true, timeout: "10s" },
  }));
}

/** A page that wants a sign-in is well. What speaks anything but HTTP is only connected to. */
const asked = ({ scheme, grant }: Endpoint & Pick<Neighbour["exposes"][string], "grant">): Pick<Probe, "url" | "conditions"> =>
  scheme === "http" || scheme === "https"
    ? { url: grant.inCluster, conditions: ["[STATUS] < 500"] }
    : { url: `tcp://${new URL(grant.inCluster).host}`, conditions: ["[CONNECTED] == true"] };
