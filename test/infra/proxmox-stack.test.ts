import { lab } from "../../examples/hybrid/lab";
import { macOf } from "../../infra/proxmox/machine";
import { allResources, resourcesOf, stackOf } from "./stacks";

const stack = stackOf(lab, "proxmox");
const vm = (name: string) => resourcesOf(stack, "proxmox_virtual_environment_vm").find(([key]) => key === `vm-${name}`)![1];

test("a host's cores, memory, disks and addresses are the machine's", () => {
  expect(vm("node-1")).toMatchObject({
    name: "node-1",
    node_name: "pve-1",
    vm_id: 201,
    cpu: { cores: 4 },
    memory: { dedicated: 16 * 1024 },
    disk: [
      { interface: "scsi0", size: 64, serial: "node-1-system", import_from: "${proxmox_download_file.image-debian-12-pve-1.id}" },
      { interface: "scsi1", size: 200, serial: "node-1-data" },
    ],
    initialization: {
      ip_config: [{ ipv4: { address: "10.20.20.11/24", gateway: "10.20.20.1" } }, { ipv4: { address: "10.20.30.31/24" } }],
    },
  });
});

test("each leg stands in its network's VLAN, behind the firewall, at an address that stays", () => {
  const legs = vm("node-1")["network_device"] as readonly Record<string, unknown>[];
  expect(legs.map((leg) => [leg["bridge"], leg["vlan_id"], leg["firewall"], leg["mac_address"]])).toEqual([
    ["vmbr0", 20, true, "02:00:0A:14:14:0B"],
    ["vmbr0", 30, true, "02:00:0A:14:1E:1F"],
  ]);
  expect(macOf("192.168.40.1")).toBe("02:00:C0:A8:28:01");
});

test("whoever gets a graphics card gets it whole, with the firmware that large cards need", () => {
  expect(vm("gpu-1")).toMatchObject({
    machine: "q35",
    bios: "ovmf",
    hostpci: [{ device: "hostpci0", mapping: "${proxmox_hardware_mapping_pci.device-rtx4090.name}", pcie: true }],
  });
  expect(vm("node-1")).not.toHaveProperty("hostpci");
});

test("machines are protected unless they keep nothing", () => {
  expect([vm("gpu-1")["protection"], vm("node-1")["protection"]]).toEqual([true, false]);
});

test("a machine lets in what the lab has declared, and drops the rest", () => {
  for (const [, options] of resourcesOf(stack, "proxmox_virtual_environment_firewall_options"))
    expect(options).toMatchObject({ enabled: true, input_policy: "DROP" });
  const ports = (group: string) =>
    (
      resourcesOf(stack, "proxmox_virtual_environment_cluster_firewall_security_group").find(([, it]) => it["name"] === group)![1][
        "rule"
      ] as Record<string, unknown>[]
    ).map((rule) => `${rule["source"]} ${rule["proto"]}/${rule["dport"]}`);
  expect(ports("c-attic")).toEqual(["+management tcp/6443"]);
  expect(ports("e-attic")).toEqual(["+lab tcp/443", "+lab tcp/80"]);
  expect(ports("hosts")).toEqual(["+management tcp/22"]);
});

test("names of groups fit what Proxmox takes", () => {
  for (const [, group] of resourcesOf(stack, "proxmox_virtual_environment_cluster_firewall_security_group"))
    expect(String(group["name"])).toMatch(/^[A-Za-z][\w-]{1,17}$/);
});

test("the installer's bridge is taken over with the node's address, and cannot be destroyed", () => {
  expect(resourcesOf(stack, "proxmox_network_linux_bridge").map(([, it]) => it)).toMatchObject([
    { name: "vmbr0", vlan_aware: true, address: "10.20.10.11/24", gateway: "10.20.10.1", lifecycle: { prevent_destroy: true } },
    { name: "vmbr0", vlan_aware: true, address: "10.20.10.12/24", gateway: "10.20.10.1", lifecycle: { prevent_destroy: true } },
  ]);
});

test("no secret stands in the stack", () => {
  expect(JSON.stringify(allResources(stack))).not.toMatch(/"(password|api_token|value)":/);
});

test("rights are listed one by one, and nobody is an administrator", () => {
  expect(resourcesOf(stack, "proxmox_acl").map(([, it]) => it["role_id"])).toEqual([
    "${proxmox_virtual_environment_role.role-kubernetes-csi.role_id}",
    "${proxmox_virtual_environment_role.role-terraform.role_id}",
  ]);
});
