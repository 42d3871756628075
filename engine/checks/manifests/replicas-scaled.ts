import type { Built } from "../../model/built";
import { error, type Finding } from "../../model/finding";
import { fieldOf, objectName } from "../../model/manifest";

/** Where an autoscaler decides how many pods run, git does not: Argo CD would set the number back at every sync. */
export const replicasScaled = (built: readonly Built[]): readonly Finding[] =>
  built.flatMap(({ release, manifests }) => {
    const scaled = new Set(
      manifests
        .filter(({ kind }) => kind === "HorizontalPodAutoscaler" || kind === "ScaledObject")
        .map(
          (scaler) =>
            `${String(fieldOf(scaler, "spec", "scaleTargetRef", "kind") ?? "Deployment")}/${String(fieldOf(scaler, "spec", "scaleTargetRef", "name"))}`,
        ),
    );
    return manifests
      .filter((manifest) => scaled.has(objectName(manifest)) && fieldOf(manifest, "spec", "replicas") !== undefined)
      .map((manifest) =>
        error({
          rule: "replicas-scaled",
          address: release.address,
          found: `${objectName(manifest)} has a number of replicas and an autoscaler`,
          expected: "one of the two",
          fix: "Leave spec.replicas out",
        }),
      );
  });
