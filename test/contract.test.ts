import { existsSync, readdirSync } from "node:fs";
import { sentenceOf } from "../engine/model/finding";
import { objectName, type Manifest } from "../engine/model/manifest";
import { podTemplateOf } from "../engine/model/pod-template";
import { namespacesOf } from "../engine/model/release";
import { labs, synthesisOf } from "./labs";

/** What every app on every cluster promises, whoever wrote it. */
const releases = Object.keys(labs).flatMap((folder) => synthesisOf(folder).built.map((built) => ({ ...built, name: `${folder}: ${built.release.address}` })));

test.each(Object.keys(labs))("%s synthesizes without an error", (folder) => {
  expect(synthesisOf(folder).findings.filter((finding) => finding.severity === "error").map(sentenceOf)).toEqual([]);
  expect(synthesisOf(folder).tree.size).toBeGreaterThan(0);
});

test("every app of the catalogue is placed in some lab", () => {
  const apps = readdirSync("apps").filter((name) => existsSync(`apps/${name}/${name}.ts`));
  const placed = new Set(releases.map(({ release }) => release.app.name));
  expect(apps.filter((app) => !placed.has(app))).toEqual([]);
});

describe.each(releases)("$name", ({ release, manifests }) => {
  test("says what every object belongs to", () => {
    const unlabelled = manifests.filter((manifest) => manifest.metadata.labels?.["app.kubernetes.io/instance"] === undefined);
    expect(unlabelled.map(objectName)).toEqual([]);
  });

  test("stays in its own namespaces, and elsewhere writes only roles", () => {
    const own = namespacesOf(release);
    const elsewhere = manifests.filter(({ kind, metadata }) => metadata.namespace !== undefined && !own.includes(metadata.namespace) && !["Role", "RoleBinding"].includes(kind));
    expect(elsewhere.map(objectName)).toEqual([]);
  });

  test("holds no secret value", () => {
    expect(manifests.filter((manifest) => manifest.kind === "Secret" && ("data" in manifest || "stringData" in manifest)).map(objectName)).toEqual([]);
  });

  test("denies what it did not declare", () => {
    const denied = manifests.filter((manifest) => manifest.kind.endsWith("NetworkPolicy") && manifest.metadata.name.startsWith("default-deny")).length;
    expect(denied).toBe(release.placement.enforcement === "enforce" ? namespacesOf(release).length : 0);
  });

  test("gives a token only to pods with an account of their own", () => {
    const careless = manifests.filter((manifest) => {
      const spec = podTemplateOf(manifest)?.spec;
      return spec && (spec.automountServiceAccountToken === undefined || (spec.automountServiceAccountToken && !spec.serviceAccountName));
    });
    expect(careless.map(objectName)).toEqual([]);
  });

  test("never lets Argo CD prune its data", () => {
    const data = manifests.filter((manifest) => ["PersistentVolumeClaim", "Namespace"].includes(manifest.kind));
    expect(data.filter((manifest) => !isGuarded(manifest)).map(objectName)).toEqual([]);
  });
});

function isGuarded(manifest: Manifest): boolean {
  const options = manifest.metadata.annotations?.["argocd.argoproj.io/sync-options"]?.split(",") ?? [];
  return options.includes("Prune=false") && options.includes("Delete=false");
}
