import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { bindingsFrom } from "../../tools/infra/bindings";
import { providerMirror, proxmoxVersion } from "../../tools/infra/provider-mirror";
import { subsetOf, terraformSchema } from "../../tools/infra/schema";
import { withTools } from "./with-tools";

const root = process.cwd();
const directory = join(root, "imports/proxmox");
const schema = readFileSync(join(directory, "schema.json"), "utf8");

withTools("terraform", "go")("imports/proxmox", () => {
  test("its schema is what the pinned provider says of itself", async () => {
    expect(subsetOf(terraformSchema(await providerMirror(root)))).toBe(schema);
  }, 600_000);

  test("its modules are what the generator makes of that schema, byte for byte", () => {
    const standing = readdirSync(directory)
      .filter((file) => file.endsWith(".ts"))
      .sort();
    const made = bindingsFrom(schema, proxmoxVersion(root), root);
    expect([...made.keys()].sort()).toEqual(standing);
    expect(standing.filter((file) => readFileSync(join(directory, file), "utf8") !== made.get(file))).toEqual([]);
  }, 120_000);
});
