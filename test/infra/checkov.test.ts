import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { lab as hybrid } from "../../examples/hybrid/lab";
import { infraFiles } from "../../infra/files";
import { lab } from "../../lab/lab";
import { pythonTools } from "../../tools/infra/python-tools";
import { withTools } from "./with-tools";

/** What checkov asks and we decline, each with why. One that no longer fires has to go. */
const declined: Readonly<Record<string, string>> = {
  CKV_GCP_62: "Every access stands in the audit log, with who and when; usage logs would repeat it a day later without either.",
  CKV_GCP_78: "Cloud Storage takes a retention period or versions, not both: what is written once is held.",
};

interface Report {
  readonly summary: { readonly passed: number; readonly parsing_errors: number };
  readonly results: { readonly failed_checks: readonly { readonly check_id: string; readonly resource: string }[] };
}

withTools("python3")("checkov on every stack", () => {
  const directory = mkdtempSync(join(tmpdir(), "hearth-checkov-"));
  let report: Report;

  beforeAll(() => {
    for (const [name, it] of Object.entries({ lab, hybrid }))
      for (const [path, text] of infraFiles(it)) {
        const [, , stack, file] = path.split("/");
        if (file !== "cdk.tf.json") continue;
        // Its reader of JSON stumbles over `import` and `terraform`, in which there is nothing to judge.
        const { provider, resource, data } = JSON.parse(text);
        mkdirSync(join(directory, `${name}-${stack}`));
        writeFileSync(join(directory, `${name}-${stack}`, "main.tf.json"), JSON.stringify({ provider, resource, data }));
      }
    const checkov = join(pythonTools(process.cwd()), "checkov");
    // The framework must be named: under `terraform` it reads no JSON, and is content.
    const { stdout } = spawnSync(
      checkov,
      ["--framework", "terraform_json", "--directory", directory, "--skip-download", "--output", "json"],
      { encoding: "utf8", maxBuffer: 2 ** 26 },
    );
    report = JSON.parse(stdout);
  }, 300_000);

  afterAll(() => rmSync(directory, { recursive: true, force: true }));

  test("it has read and judged", () => {
    expect(report.summary.parsing_errors).toBe(0);
    expect(report.summary.passed).toBeGreaterThan(50);
  });

  test("nothing that it finds lacks a written reason, and no reason is stale", () => {
    const failed = report.results.failed_checks;
    expect(failed.filter(({ check_id }) => !(check_id in declined)).map(({ check_id, resource }) => `${check_id} ${resource}`)).toEqual([]);
    expect(Object.keys(declined).filter((id) => !failed.some(({ check_id }) => check_id === id))).toEqual([]);
  });
});
