import { error, type Finding } from "../../model/finding";
import type { Lab } from "../../model/lab";
import { machinesOf, serialOf, type Machine, type ProxmoxNode } from "../../model/proxmox";
import { bytes, bytesFrom, bytesOf } from "../../model/quantity";

/** Virtual machines that their node has room for, in memory and on its datastores. */
export function machineFits(lab: Lab): readonly Finding[] {
  const machines = machinesOf(lab);
  return (lab.proxmox?.nodes ?? []).flatMap((node) => [
    ...memory(node, machines, lab),
    ...Object.keys(node.datastores).flatMap((name) => datastore(node, name, machines)),
  ]);
}

/** Memory is never shared out twice: a node that swaps takes all its machines down. */
function memory({ host, reserved }: ProxmoxNode, machines: readonly Machine[], lab: Lab): readonly Finding[] {
  const metal = lab.hosts.find(({ name }) => name === host);
  const own = machines.filter(({ vm }) => vm.on === host);
  if (!metal || ![metal.memory, reserved.memory, ...own.map((it) => it.memory)].every((it) => bytes.safeParse(it).success)) return [];
  const claimed = own.reduce((sum, it) => sum + bytesOf(it.memory), bytesOf(reserved.memory));
  if (claimed <= bytesOf(metal.memory)) return [];
  return [
    error({
      rule: "memory-committed",
      address: `host ${host}`,
      found: `${bytesFrom(claimed)} promised: ${reserved.memory} for itself, and ${own.map((it) => `${it.memory} for ${it.name}`).join(", ")}`,
      expected: `at most its ${metal.memory}`,
      fix: "Shrink a machine, or move one to another node",
    }),
  ];
}

/** Disks larger than what they stand on: thin provisioning would find out when it is full. */
function datastore({ host, datastores }: ProxmoxNode, name: string, machines: readonly Machine[]): readonly Finding[] {
  const store = datastores[name];
  const own = machines.filter(({ vm }) => vm.on === host && vm.datastore === name);
  if (!store || own.length === 0) return [];
  if (!store.holds.includes("images"))
    return [
      error({
        rule: "datastore-fits",
        address: `host ${host}`,
        found: `disks of ${own.map((it) => it.name).join(", ")} on ${name}, which holds ${store.holds.join(", ")}`,
        expected: "a datastore that holds images",
        fix: "Choose another datastore",
      }),
    ];
  const disks = own.flatMap((machine) => machine.disks.map((disk) => ({ machine, disk })));
  if (![store.size, ...disks.map(({ disk }) => disk.size)].every((it) => bytes.safeParse(it).success)) return [];
  const sum = disks.reduce((total, { disk }) => total + bytesOf(disk.size), 0);
  if (sum <= bytesOf(store.size)) return [];
  const largest = disks.find(({ disk }) => bytesOf(disk.size) > bytesOf(store.size));
  return [
    error({
      rule: "datastore-fits",
      address: largest ? `host ${largest.machine.name}` : `host ${host}`,
      found: largest
        ? `disk ${serialOf(largest.disk)} of ${largest.disk.size} on ${name}, which has ${store.size}`
        : `${bytesFrom(sum)} of disks on ${name}: ${own.map((it) => it.name).join(", ")}`,
      expected: `at most the ${store.size} that ${name} on ${host} has`,
      fix: "Shrink a disk, or use another datastore",
    }),
  ];
}
