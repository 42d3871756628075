import type { Manifest } from "../../../engine/model/manifest";
import { planOf } from "../../../engine/plan/plan";
import { nameIn, sideOf } from "../../../engine/plan/side";
import type { ApiServer } from "../cluster/api-server";
import { ApiError } from "../kubernetes/api-error";
import type { KubernetesClient } from "../kubernetes/client";
import { inFlight } from "../processes/in-flight";
import { until } from "../processes/until";
import type { Case } from "./case";
import { compared, type Outcome } from "./compared";
import { namedApart } from "./named-apart";
import { fixedClass, growingClass, namespace, namespaceName } from "./objects";
import { seenOf } from "./seen";
import { unsettled } from "./settled";
import { treeOf } from "./sides";
import { referenceTo, standingOf, type Standing } from "./standing";

/** Cases under way at once: more only make their controllers wait for each other. */
const AT_ONCE = 12;
const PATIENCE_SECONDS = 90;

/** Puts every case to a real API server as server-side apply does it, each in a namespace of its own. */
export const runCases = (api: ApiServer, cases: readonly Case[]): Promise<readonly Outcome[]> => inFlight(AT_ONCE, [...cases.entries()], ([index, it]) => runCase(api, it, index + 1));

async function runCase({ client, process }: ApiServer, { title, before, after }: Case, number: number): Promise<Outcome> {
  const own = `${namespaceName}-${String(number)}`;
  const [old, now] = [before, after].map((manifests) => namedApart([...groundOf(before, after), ...manifests], number));
  const manifests = [...new Map([...old!, ...now!].map((manifest) => [nameIn(manifest, own), manifest])).values()];
  const settle = (what: string): Promise<Standing> =>
    until({ what: `${title}: ${what}`, timeoutSeconds: PATIENCE_SECONDS, everyMilliseconds: 250, signal: process.died }, async () => {
      const standing = await standingOf(client, own, manifests);
      const waiting = unsettled(standing);
      if (waiting.length > 0) throw new Error(waiting.join("; "));
      return standing;
    });

  for (const manifest of old!) await until({ what: `${title}: ${nameIn(manifest, own)} to be accepted`, timeoutSeconds: PATIENCE_SECONDS, everyMilliseconds: 250, signal: process.died }, () => client.apply(referenceTo(manifest, own)));
  const stood = await settle("what was there before to stand");
  const refused = new Set<string>();
  for (const manifest of now!) if (!(await isAccepted(client, manifest, own))) refused.add(nameIn(manifest, own));
  const stands = await settle("what comes after to stand");

  const seen = new Map(manifests.map((manifest) => nameIn(manifest, own)).map((name) => [name, seenOf(name, stood, stands, refused.has(name))]));
  return compared(title, planOf(sideOf(treeOf({ [`one/${own}`]: old! })), sideOf(treeOf({ [`one/${own}`]: now! }))), seen);
}

/** What a case stands on without saying so: its namespace, and the classes that its claims name. */
function groundOf(...sides: readonly (readonly Manifest[])[]): readonly Manifest[] {
  const all = sides.flat();
  const isSaid = ({ kind, metadata }: Manifest): boolean => all.some((it) => it.kind === kind && it.metadata.name === metadata.name);
  const classes = [fixedClass, growingClass].filter(({ metadata }) => JSON.stringify(all).includes(`"storageClassName":"${metadata.name}"`));
  return [namespace, ...classes].filter((manifest) => !isSaid(manifest));
}

/** Whether the API server takes an object; only a refusal of the object itself counts as one. */
async function isAccepted(client: KubernetesClient, manifest: Manifest, own: string): Promise<boolean> {
  try {
    await client.apply(referenceTo(manifest, own));
    return true;
  } catch (cause) {
    if (cause instanceof ApiError && (cause.status === 422 || cause.status === 403)) return false;
    throw cause;
  }
}
