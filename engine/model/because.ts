/** Annotation on a role with the reasons for its permissions, one line for each. */
export const becauseAnnotation = "hearth.dev/because";

/** What a permission allows, as far as its reason is about it. */
export interface Allowed {
  readonly verbs: readonly string[];
  /** Resources, or URLs. */
  readonly over: readonly string[];
  /** The only objects that it is about; none is all. */
  readonly names: readonly string[];
}

/** The line that gives the reason for a permission: `update secrets (webhook-tls): it renews its certificate`. */
export const becauseLine = ({ verbs, over, names }: Allowed, because: string): string => `${verbs.join(", ")} ${over.join(", ")}${names.length ? ` (${names.join(", ")})` : ""}: ${because}`;

/** Annotation on a role that says where the calls that it allows are documented, or were read. */
export const documentedAnnotation = "hearth.dev/documented";
