import { App, TerraformStack } from "cdktf";
import { resolve } from "../engine/model/resolve";
import { lab } from "../lab/lab";
import { addBackend } from "./stack";
import { stacksOf } from "./stacks";

/**
 * The default lab's stacks as a stock cdktf app, for `cdktf diff` and `cdktf deploy`: the same resources through cdktf's own App.
 * `npm run synth` is the way to work; this one proves that nothing in a stack depends on it.
 */
const app = new App();
for (const { name, write } of stacksOf(resolve(lab).world)) {
  const stack = new TerraformStack(app, name);
  addBackend(stack, lab);
  write(stack);
}
app.synth();
