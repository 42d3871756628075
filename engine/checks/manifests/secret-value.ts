import type { Built } from "../../model/built";
import { error, type Finding } from "../../model/finding";
import { fieldOf, objectName, type Manifest } from "../../model/manifest";
import type { Release } from "../../model/release";
import { credentialIn, namesSecret } from "../secret-text";
import { podsOf, type Pod } from "./pods";

/** No object holds a secret's value: what is written here stands in git for ever. */
export const secretValue = (built: readonly Built[]): readonly Finding[] =>
  built.flatMap((it) => [
    ...it.manifests.flatMap((manifest) =>
      manifest.kind === "Secret" ? secretData(it.release, manifest) : manifest.kind === "ConfigMap" ? configData(it.release, manifest) : [],
    ),
    ...podsOf(it).flatMap((pod) => inContainers(it.release, pod)),
  ]);

/** An empty Secret is for a controller that fills one in and never makes one. */
const secretData = (release: Release, manifest: Manifest): readonly Finding[] =>
  ["data", "stringData"].some((field) => Object.keys(fieldOf(manifest, field) ?? {}).length > 0)
    ? [finding(release, `${objectName(manifest)} has values`, "Ask for it as a need: secrets: { … generated() or vault(key) }")]
    : [];

const configData = (release: Release, manifest: Manifest): readonly Finding[] =>
  Object.entries(fieldOf(manifest, "data") ?? {}).flatMap(([key, text]) => {
    const credential = typeof text === "string" ? credentialIn(text) : undefined;
    return credential ? [finding(release, `${objectName(manifest)}: ${key} holds ${credential}`, "Mount it from a Secret that is granted")] : [];
  });

const inContainers = (release: Release, { object, containers }: Pod): readonly Finding[] =>
  containers.flatMap(({ name, env = [], command = [], args = [] }) => {
    const variables = env
      .filter(({ name: variable, value = "" }) => credentialIn(value) ?? (namesSecret(variable) && isValue(value)))
      .map((it) => `variable ${it.name}`);
    const words = [...command, ...args].some((word) => credentialIn(word)) ? ["an argument"] : [];
    return [...variables, ...words].map((what) =>
      finding(release, `${object}: ${what} of container ${name} holds a secret's value`, "Take it from a Secret that is granted"),
    );
  });

/** Placeholders (`none`), paths, URLs and references to other variables are no secrets. */
const isValue = (text: string): boolean => text.length >= 8 && !/^\/|:\/\/|\$\(/.test(text);

const finding = (release: Release, found: string, fix: string): Finding =>
  error({ rule: "secret-value", address: release.address, found, expected: "no value of a secret in any object", fix });
