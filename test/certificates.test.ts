import { execFileSync, spawn, spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:https";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import path from "node:path";
import { openWebui } from "../apps/open-webui/open-webui";
import { authorityValid } from "../engine/checks/lab/authority-valid";
import type { ContainerSpec } from "../engine/model/pod-template";
import { podTemplateOf } from "../engine/model/pod-template";
import { place } from "../engine/model/placement";
import { appOf, builtOf, clusterOf, labOf, worldOf } from "./lab-of";

/** What docs/certificates.md says under a mark. */
const documented = (mark: string): string => new RegExp(`<!-- ${mark} -->\n\`\`\`sh\n([^]+?)\`\`\``).exec(readFileSync(path.join(__dirname, "../docs/certificates.md"), "utf8"))?.[1] ?? "";

const hasOpenSsl = spawnSync("openssl", ["version"]).status === 0;
if (!hasOpenSsl && process.env["CI"] !== "true") console.warn("NOT TESTED, because there is no openssl on the PATH: the commands of docs/certificates.md");

(hasOpenSsl || process.env["CI"] === "true" ? describe : describe.skip)("certificates, made as docs/certificates.md says", () => {
  const folder = mkdtempSync(path.join(tmpdir(), "certificates-"));
  const file = (name: string) => path.join(folder, name);
  const shell = (script: string) => execFileSync("/bin/sh", ["-ec", script], { cwd: folder, stdio: "pipe" });
  /** The owner types the passphrase; here it is given. */
  const answered = (script: string) => script.replace("-keyout root.key", "-passout pass:drawer -keyout root.key").replace("-CAkey root.key", "-CAkey root.key -passin pass:drawer");

  beforeAll(() => {
    shell(answered(documented("root")));
    shell(answered(documented("intermediate")));
  });
  afterAll(() => rmSync(folder, { recursive: true }));

  const lab = () => ({ authority: { roots: [readFileSync(file("root.crt"), "utf8")] } });

  /** A certificate for a host as cert-manager has it signed: shown with the intermediate, without the root. */
  function issued(host: string): { readonly key: string; readonly cert: string } {
    shell(`openssl req -new -newkey ec -pkeyopt ec_paramgen_curve:P-256 -noenc -keyout leaf.key -out leaf.csr -subj / ; echo subjectAltName=DNS:${host} > leaf.ext; openssl x509 -req -in leaf.csr -CA forge.crt -CAkey forge.key -days 90 -extfile leaf.ext -out leaf.crt`);
    return { key: readFileSync(file("leaf.key"), "utf8"), cert: readFileSync(file("leaf.crt"), "utf8") + readFileSync(file("forge.crt"), "utf8") };
  }

  /** What the container that comes first in the pod of a caller on another cluster does, with paths of this machine. */
  function trust(): string {
    const models = appOf({ name: "models", needs: { exposes: { api: { port: 80, scheme: "http", reach: "lan", speaks: "ollama" } } } });
    const world = worldOf({
      ...lab(),
      people: [{ name: "ada", email: "ada@test.example", groups: ["admins"] }],
      clusters: [
        clusterOf({ runs: [place(models)] }),
        clusterOf({ name: "two", network: { ingress: "192.168.40.230", pods: "10.44.0.0/16", services: "10.45.0.0/16" }, runs: [place(openWebui, { using: { models: "one/models" } })] }),
      ],
    });
    const manifests = builtOf(world).find(({ release }) => release.app.name === "open-webui")?.manifests ?? [];
    const deployment = manifests.find(({ kind }) => kind === "Deployment");
    const spec = deployment && podTemplateOf(deployment)?.spec;
    const first: ContainerSpec | undefined = spec?.initContainers?.find(({ name }) => name === "trusted");
    const bundle = spec?.containers[0]?.env?.find(({ name }) => name === "SSL_CERT_FILE")?.value ?? "";
    const roots = manifests.find(({ kind, metadata }) => kind === "ConfigMap" && metadata.name === "open-webui-authority") as { readonly data?: Readonly<Record<string, string>> } | undefined;
    writeFileSync(file("roots.crt"), roots?.data?.["roots.crt"] ?? "");
    writeFileSync(file("public.crt"), "");
    const command = (first?.command?.at(-1) ?? "").replace("/authority/roots.crt", "roots.crt").replace("/etc/ssl/certs/ca-certificates.crt", "public.crt").replace(bundle, "bundle.crt");
    shell(command);
    return file("bundle.crt");
  }

  /** Calls a host that shows a certificate, with OpenSSL's own way of choosing whom to believe, as Python does. */
  async function called(host: string, env: Readonly<Record<string, string>>): Promise<string> {
    const server = createServer(issued(host), (_, response) => response.end("hello"));
    await new Promise<void>((listening) => server.listen(0, "127.0.0.1", listening));
    const { port } = server.address() as AddressInfo;
    const program = `require("node:https").get({ host: "127.0.0.1", port: ${port}, servername: ${JSON.stringify(host)} }, (answer) => answer.pipe(process.stdout)).on("error", ({ message }) => process.stdout.write(message))`;
    const child = spawn(process.execPath, ["--use-openssl-ca", "--eval", program], { env: { SSL_CERT_DIR: folder, ...env }, stdio: ["ignore", "pipe", "inherit"] });
    let said = "";
    child.stdout.on("data", (chunk: Buffer) => (said += chunk.toString()));
    await new Promise((ended) => child.on("close", ended));
    server.close();
    return said;
  }

  test("the root is one that a lab may name", () => {
    expect(authorityValid(labOf(lab()))).toEqual([]);
  });

  test("a pod that was given the root believes a host of the cluster, and one that was not does not", async () => {
    expect(await called("ollama.forge.hearth.example", { SSL_CERT_FILE: trust() })).toBe("hello");
    expect(await called("ollama.forge.hearth.example", { SSL_CERT_FILE: file("public.crt") })).toMatch(/unable to get .*issuer certificate|self-signed/);
  });

  test("a cluster's intermediate signs no other cluster's names", async () => {
    expect(await called("ollama.pi.hearth.example", { SSL_CERT_FILE: trust() })).toContain("permitted subtree violation");
  });

  test("what goes into the vault is a key and the way up to the root", () => {
    expect(readFileSync(file("forge.pem"), "utf8").match(/-----BEGIN [A-Z ]+-----/g)).toEqual(["-----BEGIN PRIVATE KEY-----", "-----BEGIN CERTIFICATE-----", "-----BEGIN CERTIFICATE-----"]);
  });
});
