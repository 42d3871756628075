/** Fields by which Terraform destroys a resource and makes it anew, and what would be lost with it. */
export interface ForceNew {
  /** Where none is named, every one. */
  readonly fields?: readonly (readonly string[])[];
  /** What is gone with the resource, where that is more than the resource. */
  readonly loss?: string;
  /** Who depends on it, where it holds no data. */
  readonly used?: string;
}

const fields = (...paths: readonly string[]): readonly (readonly string[])[] => paths.map((path) => path.split("."));
const member = (of: string) => ({ fields: fields(of, "role", "member", "condition"), used: "whoever it gave access has none until it is made again" });

/**
 * By resource type. `ForceNew` in the sources of hashicorp/terraform-provider-google (google/services/<service>/resource_*.go,
 * google/tpgiamresource/resource_iam_member.go), `ForceNew` and `RequiresReplace` in bpg/terraform-provider-proxmox 0.103.0
 * (proxmoxtf/resource/vm/vm.go, fwprovider). A type that is not here is replaced when its name or its place changes: {@link anywhere}.
 */
export const forceNew: Readonly<Record<string, ForceNew>> = {
  google_storage_bucket: { fields: fields("name", "location", "project", "enable_object_retention"), loss: "every object in the bucket" },
  google_kms_crypto_key: { fields: fields("name", "key_ring", "purpose", "crypto_key_backend", "destroy_scheduled_duration", "import_only", "version_template.protection_level"), loss: "everything that was encrypted with the key" },
  google_kms_key_ring: { fields: fields("name", "location", "project"), loss: "everything that was encrypted with its keys" },
  google_storage_bucket_iam_member: member("bucket"),
  google_kms_crypto_key_iam_member: member("crypto_key_id"),
  google_service_account_iam_member: member("service_account_id"),
  google_project_iam_member: member("project"),
  // https://registry.terraform.io/providers/hashicorp/google/latest/docs/resources/compute_instance_template: it cannot be updated after it is made.
  google_compute_instance_template: {},
  google_compute_instance_from_template: { fields: fields("name", "zone", "project", "source_instance_template"), loss: "the machine and its disk" },
  google_service_account: { fields: fields("account_id", "project"), used: "whoever works under the account is refused until it is given access again" },
  google_iam_workload_identity_pool: { fields: fields("workload_identity_pool_id", "project"), used: "pods that prove who they are through it are refused" },
  google_iam_workload_identity_pool_provider: { fields: fields("workload_identity_pool_id", "workload_identity_pool_provider_id", "project"), used: "pods that prove who they are through it are refused" },
  proxmox_virtual_environment_vm: {
    fields: fields("vm_id", "node_name", "clone", "amd_sev", "initialization.user_data_file_id", "initialization.vendor_data_file_id", "initialization.network_data_file_id", "initialization.meta_data_file_id", "initialization.type"),
    loss: "the machine and every disk of it",
  },
  proxmox_download_file: { fields: fields("content_type", "file_name", "datastore_id", "node_name", "url", "checksum", "checksum_algorithm", "decompression_algorithm") },
  proxmox_storage_nfs: { fields: fields("id", "server", "export", "options", "preallocation"), used: "machines and backups on that storage are not reached; what it holds stays on the server" },
  proxmox_storage_pbs: { fields: fields("id", "server", "datastore", "namespace", "username"), used: "backups are not reached; what it holds stays on the server" },
  proxmox_network_linux_bridge: { fields: fields("name", "node_name"), used: "machines on the bridge lose their network" },
  proxmox_network_linux_vlan: { fields: fields("name", "node_name"), used: "machines on the VLAN lose their network" },
  proxmox_virtual_environment_pool: { fields: fields("pool_id") },
  proxmox_virtual_environment_role: { fields: fields("role_id"), used: "whoever has the role may do nothing with it until it is given again" },
  proxmox_virtual_environment_user: { fields: fields("user_id"), used: "whoever signs in as it is refused" },
  proxmox_user_token: { fields: fields("token_name", "user_id"), used: "whoever uses the token is refused" },
  proxmox_acl: { fields: fields("path", "role_id", "user_id", "group_id", "token_id"), used: "whoever it gave access has none until it is made again" },
  proxmox_backup_job: { fields: fields("id"), used: "no backups are made meanwhile" },
};

/** What decides which thing it is, whatever the type. */
export const anywhere: readonly (readonly string[])[] = fields("name", "id", "project", "location", "region", "zone");

/** The fields of a resource that decide over it; of one that never changes, all that it has. */
export function fieldsOf(object: string, block: unknown): readonly (readonly string[])[] {
  const known = forceNew[object.split(".")[0] ?? ""];
  return known === undefined ? anywhere : (known.fields ?? Object.keys(block ?? {}).filter((key) => key !== "lifecycle").map((key) => [key]));
}
