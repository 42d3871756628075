import { App, Chart, YamlOutputType } from "cdk8s";
import { apps } from "./apps";
import { writeApp } from "./objects";

/** As cdk8s' own documentation does it: one App, a Chart for each, and `synth`; in one file, as the others. */
const app = new App({ outdir: process.argv[2] ?? "", yamlOutputType: YamlOutputType.FILE_PER_APP });
for (const spec of apps) {
  const chart = new Chart(app, spec.name);
  writeApp((kind, id, props) => void new kind(chart, id, props), spec);
}
app.synth();
