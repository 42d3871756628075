import { copyFileSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { execFileSync } from "node:child_process";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { lab as hybrid } from "../../examples/hybrid/lab";
import type { Lab } from "../../engine/model/lab";
import { bucket, precious } from "../../engine/model/needs";
import { infraFiles } from "../../infra/files";
import { lab } from "../../lab/lab";
import { goProgram } from "../../tools/infra/go-program";
import { googleSchema } from "../../tools/infra/google-schema";
import { backupsOf, worldStoring } from "./backups-of";
import { terraformIn, type Terraform } from "./terraform";
import { withTools } from "./with-tools";

const stackText = (it: Lab, name: string): string => infraFiles(it).get(`infra/out/${name}/cdk.tf.json`) ?? "";
const small = worldStoring({ data: precious("10Gi") }).lab;
const larger = worldStoring({ data: precious("10Gi"), photos: bucket(precious("10Gi")) }, { backups: backupsOf() }).lab;

/** The example's machine as it would be, if it ran: then every resource of the stack is there. */
const computing: Lab = { ...hybrid, offload: { ...hybrid.offload!, machine: { ...hybrid.offload!.machine!, runs: true } } };
const stacks: readonly (readonly [Lab, string])[] = [small, larger, lab, computing].flatMap((it) =>
  ["gcp-state", "gcp-backup", "gcp-offload"].flatMap((name) => (stackText(it, name) ? [[it, name] as const] : [])),
);

/** The bindings' folders of everything that the stacks use: `google_storage_bucket` is in `storage-bucket`. */
const modules = [
  "provider",
  ...new Set(
    stacks.flatMap(([it, name]) => {
      const { resource, data } = JSON.parse(stackText(it, name));
      return [...Object.keys(resource).map((type) => type.replace(/^google_/, "")), ...Object.keys(data).map((type) => `data-${type}`)].map((type) =>
        type.replaceAll("_", "-"),
      );
    }),
  ),
];

withTools("terraform", "go")("the Google stacks against a stand-in that knows the provider's schema and nothing of its meaning", () => {
  const directory = mkdtempSync(join(tmpdir(), "hearth-gcp-"));
  const mirror = join(directory, "mirror");
  const variables = ["one", "air", "pro", "studio", "pi", "forge"].map((cluster) => `-var=jwks_${cluster}={}`);
  let terraform: Terraform;

  beforeAll(async () => {
    const program = await goProgram(process.cwd(), "google-stand-in");
    const platform = execFileSync("go", ["env", "GOOS", "GOARCH"], { encoding: "utf8" }).trim().replace("\n", "_");
    const folder = join(mirror, "registry.terraform.io/hashicorp/google/6.50.0", platform);
    mkdirSync(folder, { recursive: true });
    copyFileSync(program, join(folder, "terraform-provider-google_v6.50.0"));
    writeFileSync(join(folder, "schema.json"), JSON.stringify(googleSchema(process.cwd(), modules)));
    terraform = terraformIn(join(directory, "backup"), stackText(small, "gcp-backup"), mirror);
  }, 300_000);

  afterAll(() => rmSync(directory, { recursive: true, force: true }));

  const given = (it: Lab): readonly string[] =>
    variables.filter((argument) => stackText(it, "gcp-backup").includes(`"${/jwks_\w+/.exec(argument)?.[0]}": {`));
  const becomes = (it: Lab): void => writeFileSync(join(directory, "backup/cdk.tf.json"), stackText(it, "gcp-backup"));

  test.each(["gcp-state", "gcp-backup"])(
    "%s of the default lab has only arguments that the provider has, of their types",
    async (name) => {
      const it = terraformIn(join(directory, name), stackText(lab, name), mirror);
      expect((await it("init")).output).toContain("successfully initialized");
      const { output } = await it("validate");
      expect(output).toContain("Success! The configuration is valid.");
    },
    60_000,
  );

  test("compute elsewhere and access to models: valid, applied, and then nothing to change; the machine that ran goes by one word", async () => {
    const it = terraformIn(join(directory, "offload"), stackText(computing, "gcp-offload"), mirror);
    await it("init");
    expect((await it("validate")).output).toContain("Success! The configuration is valid.");
    const { status, output } = await it("apply", "-auto-approve", "-input=false", "-var=jwks_attic={}");
    expect([output.match(/Error: .*/g), status]).toEqual([null, 0]);
    expect((await it("plan", "-detailed-exitcode", "-input=false", "-var=jwks_attic={}")).status).toBe(0);
    writeFileSync(join(directory, "offload/cdk.tf.json"), stackText(hybrid, "gcp-offload"));
    const off = (await it("plan", "-input=false", "-var=jwks_attic={}")).output;
    expect(off.match(/# (\S+) will be destroyed/g)?.sort()).toEqual([
      "# google_compute_instance_from_template.offload-running will be destroyed",
      "# google_compute_router.router will be destroyed",
      "# google_compute_router_nat.nat will be destroyed",
    ]);
  }, 180_000);

  test("an argument that the provider does not have is refused", async () => {
    const wrong = stackText(small, "gcp-backup").replace('"uniform_bucket_level_access"', '"uniform_access"');
    const it = terraformIn(join(directory, "wrong"), wrong, mirror);
    await it("init");
    expect((await it("validate")).output).toMatch(/uniform_access/);
  }, 60_000);

  test("apply, and a plan that then changes nothing", async () => {
    await terraform("init");
    const { status, output } = await terraform("apply", "-auto-approve", "-input=false", ...given(small));
    expect([output.match(/Error: .*/g), status]).toEqual([null, 0]);
    expect((await terraform("plan", "-detailed-exitcode", "-input=false", ...given(small))).status).toBe(0);
  }, 120_000);

  test("a store more is a bucket more, and no other is made again", async () => {
    becomes(larger);
    const { output } = await terraform("plan", "-input=false", ...given(larger));
    expect(output).toMatch(/# google_storage_bucket\.bucket-object-mirror-one will be created/);
    expect(output).not.toMatch(/google_storage_bucket\.\S+ (will be destroyed|must be replaced)/);
    expect((await terraform("apply", "-auto-approve", "-input=false", ...given(larger))).status).toBe(0);
  }, 120_000);

  test("destroying is refused: buckets and keys stay", async () => {
    const { status, output } = await terraform("destroy", "-auto-approve", "-input=false", ...given(larger));
    expect(status).toBe(1);
    expect(output).toMatch(/prevent_destroy/);
    expect((await terraform("state", "list")).output.match(/^google_storage_bucket\./gm)).toHaveLength(3);
  }, 120_000);

  test("`terraform test` with a mocked provider sees the promises in the plan", async () => {
    const assertions = ["uniform_bucket_level_access == true", 'public_access_prevention == "enforced"', "force_destroy == false"];
    const run = {
      command: "plan",
      variables: { jwks_one: "{}" },
      assert: assertions.map((condition) => ({
        condition: `\${google_storage_bucket.bucket-velero-one.${condition}}`,
        error_message: condition,
      })),
    };
    mkdirSync(join(directory, "backup/tests"), { recursive: true });
    writeFileSync(
      join(directory, "backup/tests/promises.tftest.json"),
      JSON.stringify({ mock_provider: { google: {} }, run: { promises: run } }),
    );
    const { output } = await terraform("test");
    expect(output).toContain("1 passed, 0 failed");
  }, 60_000);
});
