import { readdirSync } from "node:fs";
import { join, resolve } from "node:path";

const root = resolve(__dirname, "../..");

/** What engine and catalogue export, by name, as the launcher tells it of what a lab imports. */
export async function programNames(): Promise<ReadonlyMap<unknown, string>> {
  const names = new Map<unknown, string>();
  for (const room of ["engine/model", "engine/capabilities", "engine/workload", "apps"]) {
    for (const file of readdirSync(join(root, room), { recursive: true, encoding: "utf8" }).filter((it) => it.endsWith(".ts")).sort()) {
      const exported = (await import(join(root, room, file))) as Readonly<Record<string, unknown>>;
      for (const [name, value] of Object.entries(exported)) if (typeof value === "function" || (typeof value === "object" && value !== null)) names.set(value, `${room}/${file}#${name}`);
    }
  }
  return names;
}
