import type { Mistake, Placed } from "../../engine/model/app";
import type { VeleroSettings } from "./settings";

/** What is wrong with the settings on this cluster. */
export const mistakes = ({ name, settings, site }: Placed<VeleroSettings>): readonly Mistake[] => [
  ...(name === "velero"
    ? []
    : [
        {
          rule: "velero-name",
          found: `a release named ${JSON.stringify(name)}`,
          expected: "velero: it looks for its own Deployment under that name (pkg/repository/maintenance)",
          fix: "Place it without `as`",
        },
      ]),
  ...(site.lab.backups?.offsite.kind === "gcs" && settings.projectNumber === undefined
    ? [
        {
          rule: "velero-project-number",
          found: "no `projectNumber`, while backups go to Google Cloud",
          expected: "the number of the project: Google names the pool of pods' identities by it",
          fix: `Write what \`gcloud projects describe ${site.lab.backups.offsite.project} --format='value(projectNumber)'\` says`,
        },
      ]
    : []),
];
