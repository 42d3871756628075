import { spawnSync } from "node:child_process";
import { synthesisOf } from "../labs";
import { goProgram } from "../../tools/infra/go-program";
import { withTools } from "./with-tools";

const configs = [...synthesisOf("lab").tree].filter(([path]) => path.startsWith("infra/out/kind/"));

withTools("go")("Kind's own types", () => {
  let program: string;
  beforeAll(async () => {
    program = await goProgram(process.cwd(), "kind");
  }, 300_000);
  const judge = (input: string) => spawnSync(program, { input, encoding: "utf8" });

  test.each(configs)("take %s", (_, text) => {
    expect([judge(text).stderr, judge(text).status]).toEqual(["", 0]);
  });

  test("refuse a field that they do not have", () => {
    const [, text = ""] = configs[0] ?? [];
    expect(judge(text.replace("nodes:", "nodez:")).stderr).toContain('unknown field "nodez"');
  });
});
