import type { Manifest } from "../../../engine/model/manifest";
import { namespaceName } from "./objects";

/** Names that belong to the whole cluster, and so would be shared by cases: the namespace, and what is called after it, and classes. */
const shared = new RegExp(String.raw`\b(${namespaceName}|fixed|growing)\b`, "g");

/** Objects of one case under names that no other case has; every reference follows. */
export const namedApart = (manifests: readonly Manifest[], number: number): readonly Manifest[] =>
  JSON.parse(JSON.stringify(manifests).replaceAll(shared, `$1-${String(number)}`)) as readonly Manifest[];
