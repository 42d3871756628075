import type { Rule } from "../change";
import { pathText } from "../field-change";
import { imageChanges } from "../image";
import { jump } from "../upgrades/jump";

/** Whether an image may go from one version to the other at once, by its product's own documentation. */
export const imageVersion: Rule = {
  name: "image-version",
  judge: (change) =>
    imageChanges(change).flatMap((image) => {
      const verdict = jump(image);
      return verdict ? [{ ...verdict, field: pathText(image.field.path) }] : [];
    }),
};
