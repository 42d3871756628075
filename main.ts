import { join } from "node:path";
import { ApiObject, App, Chart } from "cdk8s";
import { resolve } from "./engine/model/resolve";
import { objectsOf } from "./engine/objects";
import { lab } from "./lab/lab";

/**
 * The default lab as a stock cdk8s app, for `npx cdk8s synth`: the same objects through cdk8s' own App and emitter.
 * `npm run synth` is the way to work; this one proves that nothing in a chart depends on it.
 */
const app = new App();
for (const [folder, manifests] of objectsOf(resolve(lab).world, join(__dirname, "imports"))) {
  const chart = new Chart(app, folder.replaceAll("/", "-"), { disableResourceNameHashes: true });
  manifests.forEach((manifest, index) => new ApiObject(chart, `object-${index}`, { ...manifest }));
}
app.synth();
