/** Annotation on a role with the reasons for its dangerous permissions, one line for each. */
export const becauseAnnotation = "hearth.dev/because";

/** The line that gives the reason for a permission over these resources or URLs: `secrets: it renews its certificate`. */
export const becauseLine = (over: readonly string[], because: string): string => `${over.join(", ")}: ${because}`;

/** Annotation on a role that says where the calls that it allows are documented, or were read. */
export const documentedAnnotation = "hearth.dev/documented";
