import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { mirrorEnvironment } from "./mirror-environment";
import type { Mirror } from "./provider-mirror";

/** The provider's address, which is also its key in the schema document. */
export const proxmoxAddress = "registry.terraform.io/bpg/proxmox";

/**
 * The resources that infra/ writes. Where the provider has a short and a long name for one thing, the long one is deprecated;
 * the long ones here have no other.
 */
const used = [
  "proxmox_acl",
  "proxmox_backup_job",
  "proxmox_download_file",
  "proxmox_haresource",
  "proxmox_harule",
  "proxmox_hardware_mapping_pci",
  "proxmox_network_linux_bridge",
  "proxmox_network_linux_vlan",
  "proxmox_storage_nfs",
  "proxmox_storage_pbs",
  "proxmox_user_token",
  "proxmox_virtual_environment_cluster_firewall",
  "proxmox_virtual_environment_cluster_firewall_security_group",
  "proxmox_virtual_environment_firewall_ipset",
  "proxmox_virtual_environment_firewall_options",
  "proxmox_virtual_environment_firewall_rules",
  "proxmox_virtual_environment_pool",
  "proxmox_virtual_environment_role",
  "proxmox_virtual_environment_user",
  "proxmox_virtual_environment_vm",
] as const;

/** What `terraform providers schema -json` prints, as far as it is read here. */
export interface SchemaDocument {
  readonly format_version: string;
  readonly provider_schemas: Readonly<
    Record<string, { readonly provider: unknown; readonly resource_schemas: Readonly<Record<string, unknown>> }>
  >;
}

/** The whole schema of the mirrored provider, asked of itself through terraform. */
export function terraformSchema(mirror: Mirror): SchemaDocument {
  const directory = mkdtempSync(join(tmpdir(), "hearth-schema-"));
  try {
    const required = { proxmox: { source: "bpg/proxmox", version: mirror.version } };
    writeFileSync(join(directory, "main.tf.json"), JSON.stringify({ terraform: { required_providers: required } }));
    const terraform = (...args: readonly string[]): string =>
      execFileSync("terraform", args, {
        cwd: directory,
        env: mirrorEnvironment(mirror.directory),
        encoding: "utf8",
        stdio: ["ignore", "pipe", "inherit"],
        maxBuffer: 2 ** 28,
      });
    terraform("init", "-no-color");
    return JSON.parse(terraform("providers", "schema", "-json")) as SchemaDocument;
  } finally {
    rmSync(directory, { recursive: true, force: true });
  }
}

/** The schema with only what infra/ uses, as it is committed. */
export function subsetOf({ format_version, provider_schemas }: SchemaDocument): string {
  const whole = provider_schemas[proxmoxAddress];
  const missing = used.filter((name) => whole?.resource_schemas[name] === undefined);
  if (whole === undefined || missing.length > 0) throw new Error(`the provider has no ${missing.join(", ") || proxmoxAddress}`);
  const resource_schemas = Object.fromEntries(used.map((name) => [name, whole.resource_schemas[name]]));
  return `${JSON.stringify({ format_version, provider_schemas: { [proxmoxAddress]: { provider: whole.provider, resource_schemas } } }, undefined, 1)}\n`;
}
