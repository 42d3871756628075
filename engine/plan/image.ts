import { repositoryOf } from "../model/image";
import type { ObjectChange } from "./change";
import type { FieldChange } from "./field-change";
import type { ImageChange } from "./upgrades/jump";

/** The images that an object replaces by another version of the same: a container's, or the one that an operator runs. */
export const imageChanges = ({ fields }: ObjectChange): readonly (ImageChange & { readonly field: FieldChange })[] =>
  fields.flatMap((field) => {
    const { path, before, after } = field;
    if (!["image", "imageName"].includes(path.at(-1) ?? "") || typeof before !== "string" || typeof after !== "string") return [];
    const [was, is] = [partsOf(before), partsOf(after)];
    return isSame(was.repository, is.repository) && was.version !== is.version ? [{ repository: is.repository, from: was.version, to: is.version, field }] : [];
  });

/** Also behind another registry or mirror: what an image is called there is its last two steps, or the last where it had but one. */
function isSame(one: string, other: string): boolean {
  const [was, is] = [one.split("/"), other.split("/")];
  const steps = was.length <= 2 || is.length <= 2 ? 1 : 2;
  return one === other || (was.at(0) !== is.at(0) && was.slice(-steps).join("/") === is.slice(-steps).join("/"));
}

/** `quay.io/ceph/ceph:v20.2.4@sha256:…` → the repository and the tag; without a tag, the digest. */
export function partsOf(image: string): { readonly repository: string; readonly version: string } {
  const repository = repositoryOf(image);
  const [name = "", digest = ""] = image.split("@");
  return { repository, version: name.slice(repository.length + 1) || digest || "latest" };
}
