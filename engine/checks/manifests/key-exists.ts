import type { Built } from "../../model/built";
import { error, type Finding } from "../../model/finding";
import { fieldOf, objectName, type Manifest } from "../../model/manifest";
import type { Release } from "../../model/release";
import { podsOf, type Pod } from "./pods";
import { unpushed } from "./pushed-keys";
import { askedByCustom } from "./secret-fields";
import { arrayOf } from "./violations";

/** The keys of a Secret or ConfigMap; undefined where whoever fills it decides. */
type Keys = ReadonlySet<string> | undefined;

/** Keys that pods, probes of configuration, custom resources and templates read are in the Secret, ConfigMap, generator or vault that they name. */
export function keyExists(built: readonly Built[]): readonly Finding[] {
  const unpushedBy = unpushed(built);
  return built.flatMap((it) => {
    const generated = new Map(it.manifests.flatMap((manifest) => generatedBy(it.release, manifest)));
    const known = new Map([...generated, ...it.manifests.flatMap((manifest) => holders(it.release, manifest, generated))]);
    const asked = [...podsOf(it).flatMap(ofPod), ...it.manifests.flatMap((manifest) => [...ofCustom(it.release, manifest), ...ofTemplate(it.release, manifest), ...ofPushed(it.release, manifest)])];
    const unknown = [...new Map(asked.map((ask) => [JSON.stringify(ask), ask])).values()].flatMap((ask) => {
      const keys = known.get(ask.of);
      return keys === undefined || keys.has(ask.key) ? [] : [missing(it.release, ask, keys)];
    });
    const external = it.manifests.filter(({ kind }) => kind === "ExternalSecret");
    return [...unknown, ...external.flatMap((manifest) => unpushedBy(it.release, manifest).map(({ store, key, pushed }) => missing(it.release, { by: objectName(manifest), of: `${namespaceOf(it.release, manifest)} ${store}`, key }, new Set(pushed))))];
  });
}

interface Asked {
  /** `Deployment/ollama`. */
  readonly by: string;
  /** `ollama Secret/ollama-key`, with its namespace. */
  readonly of: string;
  readonly key: string;
}

type Holder = readonly [of: string, keys: Keys];

const namespaceOf = (release: Release, { metadata }: Manifest): string => metadata.namespace ?? release.namespace;

/** https://external-secrets.io/latest/api/generator/password/ */
const generatedBy = (release: Release, manifest: Manifest): readonly Holder[] =>
  manifest.kind === "Password" ? [[`${namespaceOf(release, manifest)} ${objectName(manifest)}`, new Set(arrayOf(fieldOf(manifest, "spec", "secretKeys") ?? ["password"]).map(String))]] : [];

/** Every Secret and ConfigMap that comes from an object, and what one fetches to make it, with its keys. */
function holders(release: Release, manifest: Manifest, generated: ReadonlyMap<string, Keys>): readonly Holder[] {
  const { kind, metadata } = manifest;
  const spec = manifest["spec"];
  const at = (object: string): string => `${namespaceOf(release, manifest)} ${object}`;
  switch (kind) {
    case "ConfigMap":
    case "Secret": {
      const keys = ["data", "stringData", "binaryData"].flatMap((field) => Object.keys(fieldOf(manifest, field) ?? {}));
      // An empty one is filled by a controller.
      return [[at(`${kind}/${metadata.name}`), keys.length ? new Set(keys) : undefined]];
    }
    case "ExternalSecret": {
      const fetched = fetchedBy(spec, (generator) => generated.get(at(generator)));
      return [[at(`Secret/${String(fieldOf(spec, "target", "name") ?? metadata.name)}`), keysOfExternal(spec, fetched)], [at(objectName(manifest)), fetched]];
    }
    case "SealedSecret":
      return [[at(`Secret/${String(fieldOf(spec, "template", "metadata", "name") ?? metadata.name)}`), new Set(Object.keys(fieldOf(spec, "encryptedData") ?? {}))]];
    // https://cert-manager.io/docs/usage/certificate/#issuance-behavior-rotation-of-the-private-key
    case "Certificate":
      return [[at(`Secret/${String(fieldOf(spec, "secretName"))}`), new Set(["tls.crt", "tls.key", "ca.crt"])]];
    default:
      return [];
  }
}

/** What an ExternalSecret has before its template: what it says itself, and what generators are known to make. */
function fetchedBy(spec: unknown, keysOf: (generator: string) => Keys): Keys {
  const own = arrayOf(fieldOf(spec, "data")).map((it) => String(fieldOf(it, "secretKey")));
  const others = arrayOf(fieldOf(spec, "dataFrom")).map((source) => {
    const generator = fieldOf(source, "sourceRef", "generatorRef");
    return fieldOf(source, "rewrite") === undefined ? keysOf(`${String(fieldOf(generator, "kind"))}/${String(fieldOf(generator, "name"))}`) : undefined;
  });
  return others.includes(undefined) ? undefined : new Set([...own, ...others.flatMap((keys) => [...(keys ?? [])])]);
}

/** Several may merge into one Secret: then nobody knows all its keys from one of them. */
function keysOfExternal(spec: unknown, fetched: Keys): Keys {
  if (fieldOf(spec, "target", "creationPolicy") === "Merge") return undefined;
  const template = fieldOf(spec, "target", "template", "data");
  if (template !== undefined && fieldOf(spec, "target", "template", "mergePolicy") !== "Merge") return new Set(Object.keys(template as object));
  return fetched;
}

function ofPod({ object: by, namespace, containers, template }: Pod): readonly Asked[] {
  const ask = (kind: string, source: unknown, nameField: string, key: unknown): readonly Asked[] => {
    const name = fieldOf(source, nameField);
    return typeof name === "string" && typeof key === "string" && fieldOf(source, "optional") !== true ? [{ by, of: `${namespace} ${kind}/${name}`, key }] : [];
  };
  const environment = containers.flatMap(({ env = [] }) =>
    env.flatMap(({ valueFrom }) =>
      ([["Secret", "secretKeyRef"], ["ConfigMap", "configMapKeyRef"]] as const).flatMap(([kind, field]) => ask(kind, fieldOf(valueFrom, field), "name", fieldOf(valueFrom, field, "key"))),
    ),
  );
  const sources = (template.spec.volumes ?? []).flatMap((volume) => [volume, ...arrayOf(fieldOf(volume, "projected", "sources"))]);
  const items = sources.flatMap((source) => [
    ...arrayOf(fieldOf(source, "configMap", "items")).flatMap((item) => ask("ConfigMap", fieldOf(source, "configMap"), "name", fieldOf(item, "key"))),
    ...arrayOf(fieldOf(source, "secret", "items")).flatMap((item) => ask("Secret", fieldOf(source, "secret"), fieldOf(source, "secret", "secretName") === undefined ? "name" : "secretName", fieldOf(item, "key"))),
  ]);
  // One file of a volume without items is the key of that name; of another name, the container gets an empty directory.
  const whole = (template.spec.volumes ?? []).flatMap((volume) =>
    ([["ConfigMap", "configMap", "name"], ["Secret", "secret", "secretName"]] as const).flatMap(([kind, field, nameField]) => {
      const source = fieldOf(volume, field);
      return source === undefined || fieldOf(source, "items") !== undefined ? [] : mountsOf(containers, volume.name).flatMap((mount) => ask(kind, source, nameField, fieldOf(mount, "subPath")));
    }),
  );
  return [...environment, ...items, ...whole];
}

const mountsOf = (containers: Pod["containers"], volume: string) => containers.flatMap(({ volumeMounts = [] }) => volumeMounts.filter(({ name }) => name === volume));

const ofCustom = (release: Release, manifest: Manifest): readonly Asked[] =>
  askedByCustom(manifest).map(({ name, key }) => ({ by: objectName(manifest), of: `${namespaceOf(release, manifest)} Secret/${name}`, key }));

/** What the template of an ExternalSecret takes of what was fetched for it. */
const ofTemplate = (release: Release, manifest: Manifest): readonly Asked[] =>
  manifest.kind === "ExternalSecret"
    ? Object.values(fieldOf(manifest, "spec", "target", "template", "data") ?? {}).flatMap((text) => keysInTemplate(String(text)).map((key) => ({ by: `${objectName(manifest)}'s template`, of: `${namespaceOf(release, manifest)} ${objectName(manifest)}`, key })))
    : [];

/** `{{ .value | b64enc }}` and `{{ index . "tls.crt" }}`, outside of its texts: https://external-secrets.io/latest/guides/templating/ */
function keysInTemplate(text: string): readonly string[] {
  const actions = [...text.matchAll(/\{\{(.*?)\}\}/gs)].map(([, action = ""]) => action);
  // Within these the dot is something else.
  if (actions.some((action) => /\b(range|with|block|define)\b/.test(action))) return [];
  return actions.flatMap((action) => [...action.matchAll(/index\s+\.\s+"([^"]*)"|"[^"]*"|`[^`]*`|(?<![\w)$.])\.(\w+)/g)].flatMap(([, quoted, key = quoted]) => key ?? []));
}

/** What is pushed to a vault: of a Secret, or of what a generator makes. https://external-secrets.io/latest/api/pushsecret/ */
function ofPushed(release: Release, manifest: Manifest): readonly Asked[] {
  if (manifest.kind !== "PushSecret") return [];
  const [secret, generator] = [fieldOf(manifest, "spec", "selector", "secret", "name"), fieldOf(manifest, "spec", "selector", "generatorRef")];
  const source = typeof secret === "string" ? `Secret/${secret}` : `${String(fieldOf(generator, "kind"))}/${String(fieldOf(generator, "name"))}`;
  return arrayOf(fieldOf(manifest, "spec", "data")).flatMap((it) => {
    const key = fieldOf(it, "match", "secretKey");
    return typeof key === "string" ? [{ by: objectName(manifest), of: `${namespaceOf(release, manifest)} ${source}`, key }] : [];
  });
}

const missing = (release: Release, { by, of, key }: Asked, keys: ReadonlySet<string>): Finding =>
  error({
    rule: "key-exists",
    address: release.address,
    found: `${by} reads key "${key}" of ${of.split(" ")[1] ?? of}`,
    expected: `one of its keys: ${[...keys].join(", ") || "it has none"}`,
    fix: "Name a key that is there, or add it",
  });
