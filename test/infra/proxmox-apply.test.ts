import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { lab } from "../../examples/hybrid/lab";
import { machines } from "../../examples/hybrid/machines";
import { proxmox } from "../../examples/hybrid/proxmox";
import type { Lab } from "../../engine/model/lab";
import { vmDisk, type Machine, type Proxmox } from "../../engine/model/proxmox";
import { infraFiles } from "../../infra/files";
import { providerMirror } from "../../tools/infra/provider-mirror";
import { proxmoxApi, token, type ProxmoxApi } from "./proxmox-api/api";
import { loopbackCertificate } from "./proxmox-api/certificate";
import { terraformIn, type Terraform } from "./terraform";
import { withTools } from "./with-tools";

const stackOf = (it: Lab): string => infraFiles(it).get("infra/out/proxmox/cdk.tf.json") ?? "";

/** One machine more, one with more memory, and two things that the example does without. */
const third: Machine = {
  ...machines.nodes[0],
  name: "node-3",
  disks: [vmDisk("node-3-system", "64Gi", { media: "nvme", use: "system" })],
  addresses: { servers: "10.20.20.14" },
  vm: { ...machines.nodes[0].vm, id: 203, restarts: true },
};
const grown: Machine = { ...machines.nodes[0], memory: "24Gi" };
const backupServer = {
  kind: "pbs",
  server: "10.20.30.20",
  datastore: "machines",
  user: "pve@pbs",
  fingerprint: "AA:BB",
  media: "hdd",
  size: "4Ti",
} as const;
const richer: Proxmox = { ...proxmox, highAvailability: true, shares: { ...proxmox.shares, pbs: backupServer } };
const changed: Lab = { ...lab, proxmox: richer, hosts: [...lab.hosts.map((host) => (host.name === grown.name ? grown : host)), third] };
const unprotected: Lab = {
  ...changed,
  hosts: changed.hosts.map((host) => (host.vm ? { ...host, vm: { ...host.vm, protected: false } } : host)),
};

withTools("terraform", "go")("the hybrid lab's Proxmox stack, with the real provider against a stand-in for the API", () => {
  const directory = mkdtempSync(join(tmpdir(), "hearth-proxmox-"));
  const stack = join(directory, "stack");
  let api: ProxmoxApi;
  let terraform: Terraform;

  beforeAll(async () => {
    const { directory: mirror } = await providerMirror(process.cwd());
    const certificate = loopbackCertificate(directory);
    api = await proxmoxApi(["pve-1", "pve-2"], certificate);
    const override = { provider: { proxmox: { endpoint: api.endpoint } } };
    terraform = terraformIn(stack, stackOf(lab), mirror, override, {
      SSL_CERT_FILE: certificate.file,
      PROXMOX_VE_API_TOKEN: token,
      TF_VAR_password_pbs: "secret",
    });
  }, 600_000);

  afterAll(async () => {
    await api.close();
    rmSync(directory, { recursive: true, force: true });
  });

  const becomes = (it: Lab): void => writeFileSync(join(stack, "cdk.tf.json"), stackOf(it));
  const apply = () => terraform("apply", "-auto-approve", "-input=false");
  const plan = () => terraform("plan", "-detailed-exitcode", "-input=false");

  test("init takes the provider from the mirror, and validate finds nothing", async () => {
    expect((await terraform("init")).output).toContain("successfully initialized");
    const { output } = await terraform("validate");
    expect(output).toContain("Success! The configuration is valid.");
    expect(output).not.toContain("Warning");
  });

  test("`terraform test` with a mocked provider sees the promises in the plan, and would see one broken", async () => {
    const promise = (condition: string) => ({ condition: `\${${condition}}`, error_message: condition });
    const vm = "proxmox_virtual_environment_vm.vm-gpu-1";
    const run = (...assert: readonly object[]) => ({ command: "plan", assert });
    const tests = {
      mock_provider: { proxmox: {} },
      run: {
        promises: run(
          promise(`${vm}.protection == true`),
          promise(`${vm}.hostpci[0].pcie == true`),
          promise(`${vm}.boot_order[0] == "scsi0"`),
          promise('proxmox_virtual_environment_firewall_options.firewall-gpu-1.input_policy == "DROP"'),
          promise('proxmox_backup_job.backup-nightly.prune_backups["keep-daily"] == "7"'),
        ),
        broken: run(promise(`${vm}.protection == false`)),
      },
    };
    // Where a bridge would be taken over, mocking has nothing to import: https://developer.hashicorp.com/terraform/language/tests/mocking
    const { import: _, ...unimported } = JSON.parse(stackOf(lab));
    const mocked = terraformIn(join(directory, "mocked"), JSON.stringify(unimported), (await providerMirror(process.cwd())).directory);
    mkdirSync(join(directory, "mocked/tests"));
    writeFileSync(join(directory, "mocked/tests/promises.tftest.json"), JSON.stringify(tests));
    await mocked("init");
    const { output } = await mocked("test");
    expect(output).toMatch(/run "promises"\.\.\. pass/);
    expect(output).toContain("1 passed, 1 failed");
  }, 120_000);

  test("apply makes machines, network, firewall, rights and backups, and asks nothing that the stand-in does not know", async () => {
    const { status, output } = await apply();
    expect([output.match(/Error: .*/g), api.unknown, status]).toEqual([null, [], 0]);
    expect(output).toContain("Apply complete! Resources: 2 imported");
    expect(
      ["/nodes/pve-1/qemu", "/nodes/pve-2/qemu", "/pools", "/cluster/mapping/pci", "/cluster/backup", "/storage"].map(api.count),
    ).toEqual([1, 2, 1, 1, 1, 1]);
  }, 180_000);

  test("a plan of what was just applied changes nothing", async () => {
    const { status, output } = await plan();
    expect([output.match(/# .* (?:will|must) be .*/g), status]).toEqual([null, 0]);
  }, 180_000);

  test("a host more in the lab is a machine more, and nothing else is made again", async () => {
    becomes(changed);
    const before = api.changes.length;
    const { status, output } = await apply();
    expect([output.match(/Error: .*/g), api.unknown, status]).toEqual([null, [], 0]);
    const since = api.changes.slice(before);
    expect(since.filter((it) => /^POST \/nodes\/[^/]+\/qemu$/.test(it))).toEqual(["POST /nodes/pve-1/qemu"]);
    expect(since.filter((it) => it.startsWith("DELETE"))).toEqual([]);
    expect(["/nodes/pve-1/qemu", "/cluster/ha/resources", "/cluster/ha/rules", "/storage"].map(api.count)).toEqual([2, 1, 1, 2]);
    expect((await plan()).status).toBe(0);
  }, 180_000);

  test("destroying is refused while it would take the nodes' own bridge", async () => {
    const { status, output } = await terraform("destroy", "-auto-approve", "-input=false");
    expect(status).toBe(1);
    expect(output).toMatch(/prevent_destroy/);
    expect(api.count("/nodes/pve-1/qemu")).toBe(2);
  }, 180_000);

  test("a machine that is protected survives its own destruction", async () => {
    const { output } = await terraform("destroy", "-auto-approve", "-input=false", "-target=proxmox_virtual_environment_vm.vm-gpu-1");
    expect(output).toMatch(/protection/);
    expect(api.count("/nodes/pve-2/qemu")).toBe(2);
  }, 180_000);

  test("once nothing is protected, everything goes", async () => {
    becomes(unprotected);
    expect((await apply()).status).toBe(0);
    for (const node of ["pve-1", "pve-2"]) await terraform("state", "rm", `proxmox_network_linux_bridge.bridge-${node}`);
    const { status, output } = await terraform("destroy", "-auto-approve", "-input=false");
    expect([output.match(/Error: .*/g), api.unknown, status]).toEqual([null, [], 0]);
    expect(
      ["/nodes/pve-1/qemu", "/nodes/pve-2/qemu", "/pools", "/storage", "/access/users", "/cluster/backup", "/cluster/firewall/groups"].map(
        api.count,
      ),
    ).toEqual([0, 0, 0, 0, 0, 0, 0]);
  }, 180_000);
});
