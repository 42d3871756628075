import type { Built } from "../../model/built";
import { error, type Finding } from "../../model/finding";
import { fieldOf, objectName } from "../../model/manifest";
import { groupsOf } from "../groups";

/** Panels of a dashboard ask data sources that a Grafana of the cluster is given: one of an unknown uid shows nothing but an error. */
export const dataSourceKnown = (built: readonly Built[]): readonly Finding[] =>
  [...groupsOf(built, ({ release }) => release.cluster.name).values()].flatMap((here) => {
    const texts = here.flatMap(textsIn);
    const known = new Set(texts.flatMap(({ text }) => provisioned(text)));
    // Without any, dashboards are written for a Grafana that is not the lab's.
    return known.size ? texts.flatMap((it) => unknownIn(it, known)) : [];
  });

interface Text {
  readonly address: string;
  readonly object: string;
  readonly file: string;
  readonly text: string;
}

const textsIn = ({ release, manifests }: Built): readonly Text[] =>
  manifests
    .filter(({ kind }) => kind === "ConfigMap")
    .flatMap((manifest) => Object.entries(fieldOf(manifest, "data") ?? {}).flatMap(([file, text]) => (typeof text === "string" ? [{ address: release.address, object: objectName(manifest), file, text }] : [])));

const unknownIn = ({ address, object, file, text }: Text, known: ReadonlySet<string>): readonly Finding[] =>
  text.includes('"panels"')
    ? [...new Set([...text.matchAll(asked)].flatMap(([, uid = ""]) => uid))]
        .filter((uid) => !known.has(uid) && !uid.startsWith("$") && !grafanasOwn.has(uid))
        .map((uid) =>
          error({
            rule: "data-source-known",
            address,
            found: `${object}: ${file} asks data source "${uid}"`,
            expected: `one that is provisioned: ${[...known].join(", ")}`,
            fix: "Correct the dashboard's uid, or provision the data source",
          }),
        )
    : [];

const asked = /"datasource":\s*\{[^{}]*?"uid":\s*"([^"]*)"/g;

/** Annotations and built-in panels have sources of Grafana's own. */
const grafanasOwn = new Set(["grafana", "-- Grafana --", "-- Mixed --", "-- Dashboard --"]);

/** The uids in a provisioning file. */
function provisioned(text: string): readonly string[] {
  if (!/"?datasources"?:/.test(text) || text.includes('"panels"')) return [];
  return [...text.matchAll(/"?\buid"?:\s*"?([\w-]+)"?/g)].flatMap(([, uid = ""]) => uid);
}
