import { execFileSync } from "node:child_process";
import { program } from "./programs";
import { sampleLayout } from "./sample-layout";
import { scratch } from "./scratch";

const directory = scratch();

test.each([
  { TZ: "Pacific/Kiritimati", LANG: "sv_SE.UTF-8", LC_ALL: "sv_SE.UTF-8" },
  { TZ: "America/St_Johns", LANG: "tr_TR.UTF-8", LC_ALL: "tr_TR.UTF-8" },
  { TZ: "UTC", LANG: "C", LC_ALL: "C" },
])("the layout is byte for byte the same in another directory and with %j", (env) => {
  const printed = execFileSync(process.execPath, [program("sample-layout", directory())], { env, cwd: directory(), encoding: "utf8" });
  expect(printed).toBe(sampleLayout());
});
