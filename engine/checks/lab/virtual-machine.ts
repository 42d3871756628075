import type { Finding } from "../../model/finding";
import { error } from "../../model/finding";
import type { Lab } from "../../model/lab";
import { nearest } from "../../model/nearest";
import { machinesOf, serialOf, type Machine, type Proxmox, type ProxmoxNode } from "../../model/proxmox";
import { repeated } from "../groups";

/** Virtual machines that Proxmox would take: each with an id of its own, on a node, image, network and datastore that are there. */
export function virtualMachine(lab: Lab): readonly Finding[] {
  const machines = machinesOf(lab);
  const { proxmox } = lab;
  if (!proxmox)
    return machines.map((machine) =>
      finding(
        machine,
        "vm-known",
        "it is a virtual machine, and the lab has no `proxmox`",
        "what it runs on",
        "Describe the Proxmox cluster in the lab's `proxmox`",
      ),
    );
  return [
    ...repeated(machines, ({ vm }) => String(vm.id)).map(([id, same]) => twice(id, same)),
    ...proxmox.nodes.flatMap((node) => nodeFindings(node, lab)),
    ...groupNames(machines, lab),
    ...nobodyEnters(machines, lab),
    ...machines.flatMap((machine) => [...ownFindings(machine, proxmox), ...placeFindings(machine, proxmox, lab)]),
  ];
}

const twice = (id: string, same: readonly Machine[]): Finding =>
  error({
    rule: "vm-id-unique",
    address: `host ${same[1]?.name}`,
    found: `${same.map(({ name }) => name).join(" and ")} both have the id ${id}`,
    expected: "an id of its own for each machine of the Proxmox cluster",
    fix: "Give all but one another id",
  });

/** The firewall's groups are named after clusters, in 18 characters at most: https://pve.proxmox.com/pve-docs/pve-firewall.8.html */
const groupNames = (machines: readonly Machine[], { clusters }: Lab): readonly Finding[] =>
  clusters
    .filter(({ name, nodes }) => name.length > 16 && nodes.some((node) => machines.some((machine) => machine.name === node.host)))
    .map(({ name }) =>
      error({
        rule: "vm-known",
        address: name,
        found: `a name of ${name.length} characters`,
        expected: "at most 16 where a node is a virtual machine",
        fix: "Shorten the cluster's name",
      }),
    );

/** Cloud-init gives a machine the admins' keys, and nothing else: without any, nobody ever signs in. */
const nobodyEnters = (machines: readonly Machine[], { people }: Lab): readonly Finding[] =>
  machines.length === 0 || people.some(({ groups, sshKeys = [] }) => groups.includes("admins") && sshKeys.length > 0)
    ? []
    : [
        error({
          rule: "admin-enters",
          address: "lab",
          found: `${machines.length} virtual machine${machines.length === 1 ? "" : "s"}, and no admin with an SSH key`,
          expected: "a key that opens them",
          fix: "Give a person of the group admins `sshKeys`",
        }),
      ];

function nodeFindings({ host, bridge }: ProxmoxNode, lab: Lab): readonly Finding[] {
  const known = lab.networks.map(({ name }) => name);
  const at = { name: host };
  return [
    ...(lab.hosts.some(({ name }) => name === host)
      ? []
      : [
          unknown(
            at,
            "proxmox node",
            host,
            "host",
            lab.hosts.map(({ name }) => name),
          ),
        ]),
    ...bridge.carries
      .filter((name) => !known.includes(name))
      .map((name) => unknown(at, `bridge ${bridge.name} carries`, name, "network", known)),
  ];
}

/** What is wrong with a machine wherever it stands. */
function ownFindings(machine: Machine, { images, pools = {} }: Proxmox): readonly Finding[] {
  const { vm, disks } = machine;
  return [
    // Below 100 Proxmox keeps ids for itself: https://pve.proxmox.com/pve-docs/qm.1.html
    ...(Number.isInteger(vm.id) && vm.id >= 100 && vm.id <= 999_999_999
      ? []
      : [finding(machine, "vm-known", `id ${vm.id}`, "a whole number from 100 to 999999999", "Choose such an id")]),
    ...(vm.image in images ? [] : [unknown(machine, "vm.image", vm.image, "image", Object.keys(images))]),
    ...(vm.pool === undefined || vm.pool in pools ? [] : [unknown(machine, "vm.pool", vm.pool, "pool", Object.keys(pools))]),
    ...disks
      .filter((disk) => (serialOf(disk) ?? "").length === 0 || (serialOf(disk) ?? "").length > 20)
      .map((disk) =>
        finding(
          machine,
          "vm-known",
          `disk ${disk.id}`,
          "a disk that QEMU can show: vmDisk(serial, …), with at most 20 characters",
          "Describe it with vmDisk",
        ),
      ),
    ...(disks[0]?.use === "system"
      ? []
      : [
          finding(
            machine,
            "vm-known",
            "its first disk is not its system's",
            "the system's disk first: it boots from there",
            "Put the system's disk first",
          ),
        ]),
  ];
}

/** What its node cannot give it. */
function placeFindings(machine: Machine, { nodes }: Proxmox, lab: Lab): readonly Finding[] {
  const { vm } = machine;
  const node = nodes.find(({ host }) => host === vm.on);
  if (!node)
    return [
      unknown(
        machine,
        "vm.on",
        vm.on,
        "Proxmox node",
        nodes.map(({ host }) => host),
      ),
    ];
  const { bridge, datastores, devices = {} } = node;
  return [
    ...(vm.datastore in datastores
      ? []
      : [unknown(machine, "vm.datastore", vm.datastore, `datastore on ${node.host}`, Object.keys(datastores))]),
    ...(vm.devices ?? [])
      .filter((name) => !(name in devices))
      .map((name) => unknown(machine, "vm.devices", name, `device on ${node.host}`, Object.keys(devices))),
    // A GPU that is not passed through is its node's, and pods that ask the machine for it wait for ever.
    ...((machine.gpus ?? []).length <= (vm.devices ?? []).length
      ? []
      : [
          finding(
            machine,
            "vm-known",
            `${machine.gpus?.length} GPU${machine.gpus?.length === 1 ? "" : "s"} (${machine.gpus?.map(({ model }) => model).join(", ")}), and ${vm.devices?.length ?? 0} devices of ${node.host} that it gets`,
            "a device for each GPU",
            "Name them in vm.devices, or take the GPUs out",
          ),
        ]),
    ...Object.keys(machine.addresses)
      .filter((network) => !bridge.carries.includes(network))
      .map((network) =>
        finding(
          machine,
          "vlan-known",
          `a leg in ${network}${vlanWords(network, lab)}, which ${bridge.name} on ${node.host} does not carry`,
          `one of: ${bridge.carries.join(", ")}`,
          `Add ${network} to the bridge's \`carries\` and to the switch port, or move the machine`,
        ),
      ),
  ];
}

function vlanWords(network: string, { networks }: Lab): string {
  const vlan = networks.find(({ name }) => name === network)?.vlan;
  return vlan === undefined ? "" : ` (VLAN ${vlan})`;
}

function unknown({ name }: { readonly name: string }, at: string, given: string, noun: string, known: readonly string[]): Finding {
  const meant = nearest(given, known);
  return error({
    rule: "reference-known",
    address: `host ${name}`,
    found: `${at} names "${given}", and there is no such ${noun}`,
    expected: known.length ? `one of: ${known.join(", ")}` : `a ${noun}, and there is none`,
    fix: meant ? `Write "${meant}"` : `Describe "${given}", or name what is there`,
  });
}

const finding = ({ name }: Machine, rule: string, found: string, expected: string, fix: string): Finding =>
  error({ rule, address: `host ${name}`, found, expected, fix });
