import { ApiObject, App, Chart } from "cdk8s";
import { build } from "./engine/build/release";
import { guarded } from "./engine/argocd/guards";
import { resolve } from "./engine/model/resolve";
import { lab } from "./lab/lab";

/**
 * The default lab as a stock cdk8s app, for `npx cdk8s synth`: the same objects through cdk8s' own App and emitter.
 * `npm run synth` is the way to work; this one proves that nothing in a chart depends on it.
 */
const app = new App();
const { world } = resolve(lab);
for (const release of world.releases) {
  const chart = new Chart(app, release.address.replace("/", "-"), { disableResourceNameHashes: true });
  build(release, world).manifests.forEach((manifest, index) => new ApiObject(chart, `object-${index}`, { ...guarded(manifest, release) }));
}
app.synth();
