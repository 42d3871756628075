import { fieldOf } from "../../model/manifest";
import type { Pod } from "./pods";
import { arrayOf } from "./violations";

/** An object that a pod cannot start without: `["Secret", "app-key"]`. */
export type Reference = readonly [kind: "ConfigMap" | "Secret" | "ServiceAccount" | "PersistentVolumeClaim", name: string];

/** Everything that a pod refers to and that is not optional. */
export function referencesOf({ template, containers, manifest }: Pod): readonly Reference[] {
  const { spec } = template;
  const volumes = spec.volumes ?? [];
  const own = new Set(arrayOf(fieldOf(manifest, "spec", "volumeClaimTemplates")).map((claim) => fieldOf(claim, "metadata", "name")));
  const projected = volumes.flatMap((volume) => arrayOf(fieldOf(volume, "projected", "sources")));
  return [
    ...named("ServiceAccount", [spec.serviceAccountName]),
    ...named(
      "PersistentVolumeClaim",
      volumes.map((volume) => fieldOf(volume, "persistentVolumeClaim", "claimName")).filter((name) => !own.has(name)),
    ),
    ...named(
      "ConfigMap",
      [...volumes, ...projected].map((it) => required(fieldOf(it, "configMap"), "name")),
    ),
    ...named("Secret", [
      ...volumes.map((volume) => required(fieldOf(volume, "secret"), "secretName")),
      ...projected.map((it) => required(fieldOf(it, "secret"), "name")),
    ]),
    ...named(
      "Secret",
      arrayOf(fieldOf(spec, "imagePullSecrets")).map((it) => fieldOf(it, "name")),
    ),
    ...containers.flatMap(({ env = [], envFrom = [] }) => [
      ...named("ConfigMap", [
        ...env.map((it) => required(fieldOf(it.valueFrom, "configMapKeyRef"), "name")),
        ...envFrom.map((it) => required(fieldOf(it, "configMapRef"), "name")),
      ]),
      ...named("Secret", [
        ...env.map((it) => required(fieldOf(it.valueFrom, "secretKeyRef"), "name")),
        ...envFrom.map((it) => required(fieldOf(it, "secretRef"), "name")),
      ]),
    ]),
  ];
}

const required = (source: unknown, field: string): unknown => (fieldOf(source, "optional") === true ? undefined : fieldOf(source, field));

const named = (kind: Reference[0], names: readonly unknown[]): readonly Reference[] =>
  names.flatMap((name): readonly Reference[] => (typeof name === "string" && name !== "" ? [[kind, name]] : []));
