import type { Built } from "../../model/built";
import { error, type Finding } from "../../model/finding";
import { fieldOf, objectName, type Manifest } from "../../model/manifest";
import type { Release } from "../../model/release";
import { podsOf, type Pod } from "./pods";
import { askedByCustom } from "./secret-fields";
import { arrayOf } from "./violations";

/** The keys of a Secret or ConfigMap; undefined where whoever fills it decides. */
type Keys = ReadonlySet<string> | undefined;

/** Keys that pods, probes of configuration and custom resources read are in the Secret or ConfigMap that they name. */
export const keyExists = (built: readonly Built[]): readonly Finding[] =>
  built.flatMap((it) => {
    const known = new Map(it.manifests.flatMap((manifest) => holders(it.release, manifest)));
    const asked = [...podsOf(it).flatMap(ofPod), ...it.manifests.flatMap((manifest) => ofCustom(it.release, manifest))];
    return [...new Map(asked.map((ask) => [JSON.stringify(ask), ask])).values()].flatMap((ask) => {
      const keys = known.get(ask.of);
      return keys === undefined || keys.has(ask.key) ? [] : [missing(it.release, ask, keys)];
    });
  });

interface Asked {
  /** `Deployment/ollama`. */
  readonly by: string;
  /** `ollama Secret/ollama-key`, with its namespace. */
  readonly of: string;
  readonly key: string;
}

/** Every Secret and ConfigMap that comes from an object, with its keys. */
function holders(release: Release, manifest: Manifest): readonly (readonly [of: string, keys: Keys])[] {
  const { kind, metadata } = manifest;
  const spec = manifest["spec"];
  const at = (object: string): string => `${metadata.namespace ?? release.namespace} ${object}`;
  switch (kind) {
    case "ConfigMap":
    case "Secret": {
      const keys = ["data", "stringData", "binaryData"].flatMap((field) => Object.keys(fieldOf(manifest, field) ?? {}));
      // An empty one is filled by a controller.
      return [[at(`${kind}/${metadata.name}`), keys.length ? new Set(keys) : undefined]];
    }
    case "ExternalSecret":
      return [[at(`Secret/${String(fieldOf(spec, "target", "name") ?? metadata.name)}`), keysOfExternal(spec)]];
    case "SealedSecret":
      return [[at(`Secret/${String(fieldOf(spec, "template", "metadata", "name") ?? metadata.name)}`), new Set(Object.keys(fieldOf(spec, "encryptedData") ?? {}))]];
    // https://cert-manager.io/docs/usage/certificate/#issuance-behavior-rotation-of-the-private-key
    case "Certificate":
      return [[at(`Secret/${String(fieldOf(spec, "secretName"))}`), new Set(["tls.crt", "tls.key", "ca.crt"])]];
    default:
      return [];
  }
}

/** Several may merge into one Secret: then nobody knows all its keys from one of them. */
function keysOfExternal(spec: unknown): Keys {
  if (fieldOf(spec, "target", "creationPolicy") === "Merge") return undefined;
  const template = fieldOf(spec, "target", "template", "data");
  if (template !== undefined && fieldOf(spec, "target", "template", "mergePolicy") !== "Merge") return new Set(Object.keys(template as object));
  return arrayOf(fieldOf(spec, "dataFrom")).length ? undefined : new Set(arrayOf(fieldOf(spec, "data")).map((it) => String(fieldOf(it, "secretKey"))));
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
  askedByCustom(manifest).map(({ name, key }) => ({ by: objectName(manifest), of: `${manifest.metadata.namespace ?? release.namespace} Secret/${name}`, key }));

const missing = (release: Release, { by, of, key }: Asked, keys: ReadonlySet<string>): Finding =>
  error({
    rule: "key-exists",
    address: release.address,
    found: `${by} reads key "${key}" of ${of.split(" ")[1] ?? of}`,
    expected: `one of its keys: ${[...keys].join(", ") || "it has none"}`,
    fix: "Name a key that is there, or add it",
  });
