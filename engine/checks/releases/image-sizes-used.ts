import { error, type Finding } from "../../model/finding";
import { nearest } from "../../model/nearest";
import type { World } from "../../model/resolve";

/** A size that the lab states is that of an image which some pod pulls: of any other, nobody would notice that it means nothing. */
export function imageSizesUsed({ lab, releases }: World): readonly Finding[] {
  const stated = Object.keys(lab.imageSizes?.each ?? {});
  if (stated.length === 0) return [];
  const pulled = new Set([
    ...releases.flatMap(({ name, images, makes }) => [
      ...images.map(({ repository }) => repository),
      ...makes.flatMap(({ component, images: made }) => made?.map(({ repository }) => repository) ?? [`${name}'s ${component}`]),
    ]),
    ...lab.clusters.flatMap(({ distribution }) => distribution.systemPods.map(({ name }) => name)),
  ]);
  return stated
    .filter((repository) => !pulled.has(repository))
    .map((repository) => {
      const meant = nearest(repository, [...pulled]);
      return error({
        rule: "image-sizes-used",
        address: "imageSizes",
        found: `a size of ${repository}, which no pod of the lab pulls`,
        expected: "repositories without their tag, as `npm run plan -- --fit` names them",
        fix: meant ? `Write "${meant}"` : "Take it out",
      });
    });
}
