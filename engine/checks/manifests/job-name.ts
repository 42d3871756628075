import type { Built } from "../../model/built";
import { warning, type Finding } from "../../model/finding";
import { podsOf } from "./pods";

/** A Job cannot be changed: under a fixed name, its next version would be refused by the API server. */
export const jobName = (built: readonly Built[]): readonly Finding[] =>
  built.flatMap((it) =>
    podsOf(it)
      .filter(({ manifest }) => manifest.kind === "Job" && manifest.metadata.annotations?.["argocd.argoproj.io/hook"] === undefined)
      // Its construct's name without a revision; any other name is taken to carry one.
      .filter(({ manifest, labels }) =>
        [it.release.name, `${it.release.name}-${labels["app.kubernetes.io/component"]}`].includes(manifest.metadata.name),
      )
      .map(({ object }) =>
        warning({
          rule: "job-name",
          address: it.release.address,
          found: `${object} has a fixed name`,
          expected: "a name that changes with what the Job does",
          fix: "Give the Job a revision: a hash of its settings, or its image's version",
        }),
      ),
  );
