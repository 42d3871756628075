import { App, Chart } from "cdk8s";
import { writeFileSync } from "node:fs";
import { manifestsOf } from "../../../engine/build/manifests-of";
import { canonical } from "../../../engine/emit/key-order";
import { inOnePiece } from "../../../engine/emit/tree";
import { toYaml } from "../../../engine/emit/yaml";
import type { Manifest } from "../../../engine/model/manifest";
import { PlainObject } from "../../../engine/workload/plain-object";
import { apps } from "./apps";
import { writeApp } from "./objects";

/** As the engine does it: a cdk8s App of its own for each, objects that are plain data, its own emitter. */
const texts = apps.flatMap((app) => {
  const chart = new Chart(new App(), app.name);
  writeApp((kind, id, props) => void new PlainObject(chart, id, kind.manifest(props) as Manifest), app);
  return manifestsOf(chart).map((it) => inOnePiece(toYaml(it, canonical)));
});
writeFileSync(process.argv.at(-1) ?? "", texts.join("---\n"));
