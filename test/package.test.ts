import { execFileSync } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

const lab = `
import { containerApp, defineLab, image, k3s, localPath, nodeOn, place, type Host } from "hearth";
import { bundledTraefik } from "hearth/apps/traefik/provides";

const echo = containerApp({ name: "echo", image: image("docker.io/traefik/whoami", "v1.11.0"), args: ["--port=8080"], port: 8080 });
const box: Host = { name: "box", arch: "amd64", cpu: 4, memory: "16Gi", addresses: { lan: "192.168.1.50" },
  disks: [{ id: "ata-one", size: "465Gi", media: "ssd", use: "system" }] };
const distribution = k3s();
export const lab = defineLab({
  name: "mine", domain: "mine.example", people: [], externals: [], hosts: [box],
  gitops: { mode: "existing", hub: "home", namespace: "argocd", repository: "https://git.example.org/me/lab.git", branch: "main" },
  networks: [{ name: "lan", cidr: "192.168.1.0/24" }],
  clusters: [{ name: "home", role: "all", environment: "production", distribution, kubernetes: "1.36",
    network: { nodes: "lan", pods: "10.42.0.0/16", services: "10.43.0.0/16", api: "https://192.168.1.50:6443", ingress: "192.168.1.50" },
    nodes: [nodeOn(box, { network: "lan", role: "control-plane" })],
    provides: { storage: { rebuildable: localPath(distribution) }, ingress: bundledTraefik() },
    runs: [place(echo)] }],
});
`;

test("engine and catalogue work as a dependency of a repository with only a lab and an own app", () => {
  const home = mkdtempSync(join(tmpdir(), "hearth-package-"));
  const npm = (cwd: string, ...args: readonly string[]) => execFileSync("npm", [...args, "--no-audit", "--no-fund", "--loglevel=error"], { cwd, encoding: "utf8", stdio: "pipe" });
  try {
    npm(process.cwd(), "pack", "--pack-destination", home);
    const tarball = readdirSync(home).find((file) => file.endsWith(".tgz")) ?? "";
    const mine = join(home, "mine");
    mkdirSync(join(mine, "lab"), { recursive: true });
    writeFileSync(join(mine, "package.json"), JSON.stringify({ name: "mine", private: true }));
    writeFileSync(join(mine, "lab/lab.ts"), lab);
    npm(mine, "install", "--prefer-offline", join(home, tarball));
    const summary = execFileSync("npx", ["hearth", "synth"], { cwd: mine, encoding: "utf8" });
    expect(summary).toMatch(/releases +1\n/);
    expect(existsSync(join(mine, "dist/home/echo/deployment.echo.yaml"))).toBe(true);
    expect(execFileSync("npx", ["hearth", "synth", "--check"], { cwd: mine, encoding: "utf8" })).toMatch(/0 added, 0 changed/);
  } finally {
    rmSync(home, { recursive: true, force: true });
  }
}, 240_000);
