import type { Built } from "../../model/built";
import { error, type Finding } from "../../model/finding";
import { reference } from "../../model/image";
import { podsOf } from "./pods";

/** Pods run only images that a setting names: an owner can mirror those, and knows what they are built for. */
export const imageDeclared = (built: readonly Built[]): readonly Finding[] =>
  built.flatMap((it) => {
    const declared = new Set(it.release.images.map(reference));
    return podsOf(it).flatMap(({ object, containers }) =>
      containers
        .filter(({ image }) => !declared.has(image))
        .map(({ name, image }) =>
          error({
            rule: "image-declared",
            address: it.release.address,
            found: `${object}: container ${name} runs ${image}, which no setting of ${it.release.app.name} names`,
            expected: declared.size ? `one of: ${[...declared].join(", ")}` : "an image that is a setting",
            fix: "Make the image a setting (imageSetting), and write reference(settings.…)",
          }),
        ),
    );
  });
