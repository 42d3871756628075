import { z } from "zod";
import { imageDeclared } from "../../engine/checks/manifests/image-declared";
import { image, imageSetting } from "../../engine/model/image";
import { appOf, builtFrom } from "../lab-of";
import { deployment } from "./objects";

const app = appOf({ settings: z.object({ image: imageSetting.default(image("docker.io/x/y", "1")) }) });

test("an image that no setting names is found", () => {
  const [finding] = imageDeclared(builtFrom([deployment({ container: { image: "docker.io/x/other:2" } })], app).built);
  expect(finding).toMatchObject({ rule: "image-declared", expected: "one of: docker.io/x/y:1" });
});

test("an image that is a setting is fine", () => {
  expect(imageDeclared(builtFrom([deployment()], app).built)).toEqual([]);
});
