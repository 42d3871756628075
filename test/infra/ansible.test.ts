import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { lab as hybrid } from "../../examples/hybrid/lab";
import type { Lab } from "../../engine/model/lab";
import { infraFiles } from "../../infra/files";
import { lab } from "../../lab/lab";
import { pythonTools } from "../../tools/infra/python-tools";
import { withTools } from "./with-tools";

const ansible = join(process.cwd(), "infra/ansible");

withTools("python3")("Ansible's own tools", () => {
  const directory = mkdtempSync(join(tmpdir(), "hearth-ansible-"));
  let environment: NodeJS.ProcessEnv;

  beforeAll(() => {
    environment = {
      ...process.env,
      PATH: `${pythonTools(process.cwd())}:${process.env["PATH"]}`,
      ANSIBLE_CONFIG: join(ansible, "ansible.cfg"),
      ANSIBLE_HOME: directory,
      ANSIBLE_NOCOLOR: "1",
      NO_COLOR: "1",
    };
    for (const [name, it] of Object.entries({ lab, hybrid })) write(join(directory, name), it);
  }, 300_000);

  afterAll(() => rmSync(directory, { recursive: true, force: true }));

  function write(root: string, it: Lab): void {
    for (const [path, text] of infraFiles(it)) {
      mkdirSync(dirname(join(root, path)), { recursive: true });
      writeFileSync(join(root, path), text);
    }
  }
  const inventoryOf = (name: string): string => join(directory, name, "infra/out/ansible/inventory.yaml");
  const run = (program: string, args: readonly string[], cwd = ansible) =>
    spawnSync(program, args, { cwd, env: environment, encoding: "utf8" });

  test("ansible-lint finds nothing in its strictest profile", () => {
    const { status, stdout, stderr } = run("ansible-lint", ["--offline", "--nocolor"]);
    expect([
      status,
      status === 0 ? "" : stdout,
      stderr.match(/Passed: 0 failure\(s\), 0 warning\(s\) in (\d+) files/)?.[0] ?? stderr,
    ]).toEqual([0, "", expect.stringMatching(/in \d\d files/)]);
  }, 120_000);

  test.each(["lab", "hybrid"])(
    "the playbooks are sound for the inventory of %s, and leave no machine out",
    (name) => {
      const { status, stderr } = run("ansible-playbook", ["--syntax-check", "--inventory", inventoryOf(name), "site.yaml", "upgrade.yaml", "network.yaml"]);
      expect([stderr, status]).toEqual(["", 0]);
      const listed = run("ansible-playbook", ["--list-hosts", "--inventory", inventoryOf(name), "site.yaml"]).stdout;
      const machines = JSON.parse(run("ansible-inventory", ["--list", "--inventory", inventoryOf(name)]).stdout).machines
        .hosts as readonly string[];
      expect(machines.length).toBeGreaterThan(4);
      expect(machines.filter((machine) => !listed.includes(` ${machine}\n`))).toEqual([]);
    },
    120_000,
  );

  describe("templates", () => {
    const cases: readonly (readonly [role: string, file: string, machine: string, item: object, expected: RegExp])[] = [
      ["base", "sshd.conf", "node-1", {}, /PasswordAuthentication no/],
      ["base", "sysctl.conf", "node-1", {}, /vm\.overcommit_memory = 1/],
      ["k3s", "k3s.service", "node-1", {}, /ExecStart=\/usr\/local\/bin\/k3s server/],
      ["k3s", "k3s.service", "gpu-1", {}, /ExecStart=\/usr\/local\/bin\/k3s agent/],
      ["k3s", "environment", "node-1", {}, /AWS_ACCESS_KEY_ID=GOOG1EXAMPLE/],
      ["k3s", "snapshots.mount", "node-1", {}, /What=10\.20\.30\.20:\/srv\/pool\/k3s-snapshots\/attic/],
      ["disk_pool", "pool.mount", "nas", {}, /What=\/mnt\/disks\/data1:\/mnt\/disks\/data2:\/mnt\/disks\/data3\nWhere=\/srv\/pool/],
      ["disk_pool", "snapraid-sync.timer", "nas", {}, /OnCalendar=/],
      ["nfs_server", "exports", "nas", {}, /attic 10\.20\.30\.23\(rw,sync,no_subtree_check,no_root_squash,fsid=1001\)/],
      ["copies", "bucket.conf", "nas", { name: "attic", port: 7101 }, /ROOT_ACCESS_KEY_ID=attic\nROOT_SECRET_ACCESS_KEY=\nVGW_PORT=:7101/],
      ["copies", "copies@.service", "nas", {}, /ExecStart=\/opt\/versitygw\/versitygw posix \/srv\/pool\/copies\/%i\n/],
      ["restic", "job.env", "nas", { name: "x", repository: "gs:bucket:/nas" }, /RESTIC_REPOSITORY=gs:bucket:\/nas/],
      [
        "restic",
        "job.service",
        "nas",
        [{ name: "x", path: "/srv/x", repository: "gs:bucket:/nas" }, "service"],
        /restic backup --one-file-system \/srv\/x/,
      ],
      ["restic", "job.timer", "nas", [{ path: "/srv/x", every_seconds: 86400 }, "timer"], /OnUnitActiveSec=86400s/],
    ];
    const out = join(directory, "rendered");

    beforeAll(() => {
      mkdirSync(out);
      const variables = {
        folder: join(ansible, "roles"),
        out,
        cases: cases.map(([role, file, machine, item]) => ({ role, file, machine, item })),
      };
      const render = join(process.cwd(), "test/infra/ansible/render.yaml");
      const { stdout, stderr, status } = run("ansible-playbook", [
        "--inventory",
        inventoryOf("hybrid"),
        "--extra-vars",
        JSON.stringify(variables),
        render,
      ]);
      if (status !== 0) throw new Error(`${stdout}${stderr}`);
    }, 120_000);

    test.each(cases)("%s/%s renders for %s", (_, file, machine, _item, expected) => {
      expect(readFileSync(join(out, `${machine}-${file}`), "utf8")).toMatch(expected);
    });
  });
});
