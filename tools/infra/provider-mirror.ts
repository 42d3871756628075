import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, renameSync } from "node:fs";
import { dirname, join } from "node:path";
import { cacheDirectory } from "../control-plane/build/cache-directory";
import { findGo } from "../control-plane/build/go-toolchain";

/** A folder from which terraform installs providers: https://developer.hashicorp.com/terraform/cli/config/config-file#filesystem_mirror */
export interface Mirror {
  readonly directory: string;
  /** Of the Proxmox provider, without its leading "v". */
  readonly version: string;
}

const goModule = "github.com/bpg/terraform-provider-proxmox";

/** The version of the Proxmox provider that `tools/infra/proxmox/go.mod` pins, without its leading "v". */
export function proxmoxVersion(root: string): string {
  const version = new RegExp(`${goModule} v(\\S+)`).exec(readFileSync(join(root, "tools/infra/proxmox/go.mod"), "utf8"))?.[1];
  if (version === undefined) throw new Error(`tools/infra/proxmox/go.mod pins no ${goModule}`);
  return version;
}

/**
 * A mirror with the Proxmox provider, built from its Go module on the first use: a minute of one core. It is kept between
 * checkouts, by what go.sum and the Go release say. Needs Go and, to be of use, terraform.
 */
export async function providerMirror(root: string): Promise<Mirror> {
  const pins = join(root, "tools", "infra", "proxmox");
  const version = proxmoxVersion(root);
  const go = findGo(pins, /^go (\S+)$/m.exec(readFileSync(join(pins, "go.mod"), "utf8"))?.[1] ?? "1.26.0");
  const key = createHash("sha256")
    .update(readFileSync(join(pins, "go.sum")))
    .update(go.description)
    .digest("hex")
    .slice(0, 12);
  const directory = join(cacheDirectory(), `terraform-${key}`);
  const platform = execFileSync("go", ["env", "GOOS", "GOARCH"], { cwd: pins, encoding: "utf8" }).trim().replace("\n", "_");
  const program = join(directory, "registry.terraform.io/bpg/proxmox", version, platform, `terraform-provider-proxmox_v${version}`);
  if (existsSync(program)) return { directory, version };

  mkdirSync(dirname(program), { recursive: true });
  const partial = join(directory, `.building-${String(process.pid)}`);
  await go.run(["build", "-ldflags", `-s -w -X main.version=${version}`, "-o", partial, goModule]);
  // Only a whole program gets its name.
  renameSync(partial, program);
  return { directory, version };
}
