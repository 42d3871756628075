import { cpSync, mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { apps, repository, type AppSpec } from "./apps";

/** Lays out below `directory` what each tool reads: its templates, which stand beside this file, and the values of every app. */
export function writeInputs(templates: string, directory: string): void {
  for (const tool of ["helm", "kustomize", "cue", "jsonnet"]) cpSync(join(templates, tool), join(directory, tool, tool === "kustomize" ? "base" : ""), { recursive: true });
  for (const tool of ["cue", "jsonnet"]) writeFileSync(join(directory, tool, "apps.json"), JSON.stringify({ apps }));
  mkdirSync(join(directory, "helm/values"));
  for (const app of apps) {
    writeFileSync(join(directory, "helm/values", `${app.name}.yaml`), JSON.stringify(app));
    mkdirSync(join(directory, "kustomize", app.name));
    writeFileSync(join(directory, "kustomize", app.name, "kustomization.yaml"), JSON.stringify(overlayOf(app)));
  }
  writeFileSync(join(directory, "kustomize/kustomization.yaml"), JSON.stringify({ resources: apps.map(({ name }) => name) }));
}

/** What makes an app of the base: names and references follow the suffix. */
const overlayOf = ({ name, number, tag, replicas, host, logLevel, upstream }: AppSpec) => ({
  namespace: name,
  nameSuffix: `-${number}`,
  resources: ["../base"],
  labels: [{ pairs: { "app.kubernetes.io/name": name }, includeSelectors: true }],
  images: [{ name: repository, newTag: tag }],
  replicas: [{ name: "app", count: replicas }],
  patches: [
    patch("Ingress", [{ op: "replace", path: "/spec/rules/0/host", value: host }]),
    patch("ConfigMap", [
      { op: "replace", path: "/data/LOG_LEVEL", value: logLevel },
      { op: "replace", path: "/data/UPSTREAM", value: upstream },
    ]),
  ],
});

const patch = (kind: string, operations: readonly object[]) => ({ target: { kind }, patch: JSON.stringify(operations) });
