import { spawn } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { lab } from "../../examples/hybrid/lab";
import type { Lab } from "../../engine/model/lab";
import { infraFiles } from "../../infra/files";
import { pythonTools } from "../../tools/infra/python-tools";
import { omada, type Omada } from "./network-api/omada";
import { opnsense, type Opnsense } from "./network-api/opnsense";
import { serve } from "./network-api/serve";
import { loopbackCertificate } from "./proxmox-api/certificate";
import { withTools } from "./with-tools";

/** The example, with one switch and few names: each is a call, and each call a program. */
const small: Lab = {
  ...lab,
  hosts: lab.hosts.filter(({ name }) => name !== "gpu-1"),
  omada: { ...lab.omada!, switches: lab.omada!.switches.slice(0, 1).map((it) => ({ ...it, ports: { 1: it.ports[1]!, 6: it.ports[6]! } })) },
};
const { omada: _switches, ...routerAlone } = small;
const { router: _router, ...switchesAlone } = small;

const basic = `Basic ${Buffer.from("key:secret").toString("base64")}`;

withTools("python3", "go")("the playbook for router and switches, against stand-ins that check what they are told as the products do", () => {
  const directory = mkdtempSync(join(tmpdir(), "hearth-network-"));
  const router: Opnsense = opnsense(["wan", ...Object.values(lab.router!.interfaces)]);
  const switches: Omada = omada("Home");
  const closing: (() => Promise<void>)[] = [];
  let environment: NodeJS.ProcessEnv;
  let endpoints: Readonly<Record<string, string>>;

  beforeAll(async () => {
    const certificate = loopbackCertificate(directory);
    const one = await serve(certificate, (call) => call.authorization === basic, ({ path, body }) => router.answer(path.replace("/api/", ""), body));
    const two = await serve(
      certificate,
      ({ path, authorization }) => path === "/api/info" || path === "/openapi/authorize/token" || authorization === "AccessToken=AT-1",
      ({ method, path, body }) => switches.answer(method, path, body),
    );
    closing.push(one.close, two.close);
    endpoints = { opnsense_endpoint: one.endpoint, omada_endpoint: two.endpoint };
    environment = {
      ...process.env,
      PATH: `${pythonTools(process.cwd())}:${process.env["PATH"]}`,
      ANSIBLE_CONFIG: join(process.cwd(), "infra/ansible/ansible.cfg"),
      ANSIBLE_HOME: directory,
      ANSIBLE_NOCOLOR: "1",
      ANSIBLE_LOCALHOST_WARNING: "false",
      SSL_CERT_FILE: certificate.file,
    };
  }, 300_000);

  afterAll(async () => {
    for (const close of closing) await close();
    rmSync(directory, { recursive: true, force: true });
  });

  /** The servers are in this very process: a synchronous child would wait for itself. */
  function play(it: Lab, name: string, given: object = {}): Promise<{ readonly status: number | null; readonly output: string }> {
    const root = join(directory, name);
    for (const [path, text] of infraFiles(it)) {
      mkdirSync(dirname(join(root, path)), { recursive: true });
      writeFileSync(join(root, path), text);
    }
    const secrets = { opnsense_key: "key", opnsense_secret: "secret", omada_client_id: "id", omada_client_secret: "secret" };
    const variables = { network_out: join(root, "infra/out"), ...endpoints, ...secrets, ...given };
    const child = spawn("ansible-playbook", ["--inventory", "localhost,", "--extra-vars", JSON.stringify(variables), "network.yaml"], {
      cwd: join(process.cwd(), "infra/ansible"),
      env: environment,
    });
    let output = "";
    child.stdout.on("data", (chunk) => (output += String(chunk)));
    child.stderr.on("data", (chunk) => (output += String(chunk)));
    return new Promise((resolve) => child.on("close", (status) => resolve({ status, output })));
  }

  const descriptions = () => router.kept("rule").map((it) => String(it["description"]));

  test("router and switches become what the lab says", async () => {
    const { status, output } = await play(small, "first");
    expect([status === 0 ? "" : output, router.unknown, switches.unknown]).toEqual(["", [], []]);
    expect([router.kept("vlan"), router.kept("client"), switches.kept("network"), switches.kept("port")].map((it) => it.length)).toEqual([4, 2, 5, 2]);
    expect(descriptions()).toContain("hearth: copies of attic, to nas");
    expect(router.applied).toEqual([
      "interfaces/vlan_settings/reconfigure",
      "firewall/alias/reconfigure",
      "firewall/filter/apply",
      "unbound/service/reconfigure",
      "wireguard/service/reconfigure",
    ]);
    const nas = switches.kept("port").find(({ name }) => name === "nas");
    const profile = switches.kept("profile").find(({ id }) => id === nas?.["profileId"]);
    const network = switches.kept("network").find(({ id }) => id === profile?.["nativeNetworkId"]);
    expect([profile?.["name"], network?.["name"]]).toEqual(["hearth management storage", "management"]);
  }, 180_000);

  test("what nothing declares any more is closed, and what somebody made by hand stays", async () => {
    const { uuid: _, ...first } = router.kept("rule")[0]!;
    const mine = { "@uuid": "00000000-0000-4000-a000-000000000000", ...first, description: "the printer" };
    router.answer("firewall/filter/uploadRules", { payload: `${Object.keys(mine).join(";")}\n${Object.values(mine).join(";")}` });
    const { backups: _backups, ...without } = routerAlone;
    const { status, output } = await play(without, "second");
    expect(status === 0 ? "" : output).toBe("");
    expect(descriptions()).not.toContain("hearth: copies of attic, to nas");
    expect(descriptions()).toContain("hearth: managing machines");
    expect(descriptions()).toContain("the printer");
  }, 180_000);

  test("a network is never renumbered under its machines", async () => {
    const other: Lab = { ...switchesAlone, networks: lab.networks.map((it) => (it.name === "home" ? { ...it, vlan: 44 } : it)) };
    const { status, output } = await play(other, "third");
    expect([status === 0, output.includes("home is VLAN 40 on the controller, and another in the lab.")]).toEqual([false, true]);
    expect(switches.kept("network").find(({ name }) => name === "home")?.["vlan"]).toBe(40);
  }, 180_000);

  test("without secrets nothing is called", async () => {
    const before = router.applied.length;
    const { status, output } = await play(routerAlone, "fourth", { opnsense_secret: "" });
    expect([status === 0, output.includes("Give `opnsense_key` and `opnsense_secret` from the vault.")]).toEqual([false, true]);
    expect(router.applied).toHaveLength(before);
  }, 180_000);
});
