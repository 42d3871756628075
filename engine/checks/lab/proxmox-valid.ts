import { error, type Finding } from "../../model/finding";
import type { Lab } from "../../model/lab";
import { nearest } from "../../model/nearest";
import { machinesOf, type MachineBackup, type Machine, type Proxmox, type ProxmoxNode } from "../../model/proxmox";
import { bytes } from "../../model/quantity";
import { repeated } from "../groups";

/** A Proxmox cluster that says of itself what is there: every store, pool, network and device that it names. */
export function proxmoxValid(lab: Lab): readonly Finding[] {
  const { proxmox } = lab;
  if (!proxmox) return [];
  const machines = machinesOf(lab);
  return [
    ...endpoint(proxmox),
    ...repeated(proxmox.nodes, ({ host }) => host).map(([host, same]) =>
      finding(`host ${host}`, "proxmox-valid", `${same.length} Proxmox nodes on it`, "one", "Describe it once"),
    ),
    ...proxmox.nodes.flatMap((node) => [...nodeFindings(node, lab), ...devices(node, machines)]),
    ...images(proxmox, machines),
    ...proxmox.backups.flatMap((backup) => backupFindings(backup, proxmox)),
    ...Object.entries(proxmox.shares ?? {})
      .filter(([, { size }]) => !bytes.safeParse(size).success)
      .map(([name, { size }]) => quantity("proxmox", `share ${name}: size`, size)),
  ];
}

/** The provider speaks TLS alone: https://registry.terraform.io/providers/bpg/proxmox/0.103.0/docs#endpoint */
const endpoint = ({ endpoint: url }: Proxmox): readonly Finding[] =>
  URL.canParse(url) && new URL(url).protocol === "https:"
    ? []
    : [finding("proxmox", "proxmox-valid", `endpoint = ${JSON.stringify(url)}`, "an address that begins with https://", "Write https://, the node's name and :8006/")];

function nodeFindings({ host, bridge, datastores, reserved }: ProxmoxNode, lab: Lab): readonly Finding[] {
  const networks = lab.networks.map(({ name }) => name);
  const addresses = lab.hosts.find(({ name }) => name === host)?.addresses ?? {};
  return [
    ...(networks.includes(bridge.own)
      ? bridge.own in addresses
        ? []
        : [finding(`host ${host}`, "proxmox-valid", `no address in ${bridge.own}, which ${bridge.name} carries untagged`, "the node's own address there", `Give ${host} an address in ${bridge.own}`)]
      : [unknown(`host ${host}`, `bridge ${bridge.name}.own`, bridge.own, "network", networks)]),
    ...[["reserved.memory", reserved.memory] as const, ...Object.entries(datastores).map(([name, { size }]) => [`datastore ${name}: size`, size] as const)]
      .filter(([, size]) => !bytes.safeParse(size).success)
      .map(([at, size]) => quantity(`host ${host}`, at, size)),
  ];
}

/** A device goes to one machine at a time: the second one would not start. */
function devices({ host, devices: given = {} }: ProxmoxNode, machines: readonly Machine[]): readonly Finding[] {
  const taken = machines.filter(({ vm }) => vm.on === host).flatMap(({ name, vm }) => (vm.devices ?? []).map((device) => ({ name, device })));
  return [
    ...Object.entries(given)
      .filter(([, { id, path }]) => !/^[0-9a-f]{4}:[0-9a-f]{4}$/.test(id) || !/^[0-9a-f]{4}:[0-9a-f]{2}:[0-9a-f]{2}(\.[0-7])?$/.test(path))
      .map(([name, { id, path }]) =>
        finding(`host ${host}`, "proxmox-valid", `device ${name}: ${id} at ${path}`, "as 10de:2684 at 0000:01:00", "Copy both from `lspci -Dnn`"),
      ),
    ...repeated(Object.entries(given), ([, { path }]) => path).map(([path, same]) =>
      finding(`host ${host}`, "device-once", `${same.map(([name]) => name).join(" and ")} are both ${path}`, "a name for each device", "Copy each path from `lspci -Dnn`"),
    ),
    ...repeated(taken, ({ device }) => device).map(([device, same]) =>
      finding(
        `host ${same[1]?.name}`,
        "device-once",
        `${same.map(({ name }) => name).join(" and ")} both get ${device} of ${host}`,
        "a device for one machine",
        "Take it away from all but one",
      ),
    ),
  ];
}

/** An image lies on every node that makes a machine from it. */
function images({ images: given, nodes }: Proxmox, machines: readonly Machine[]): readonly Finding[] {
  return [
    ...Object.entries(given)
      .filter(([, { sha512, url }]) => !/^[0-9a-f]{128}$/.test(sha512) || !URL.canParse(url))
      .map(([name]) => finding("proxmox", "proxmox-valid", `image ${name} without a whole address or checksum`, "a URL, and 128 characters of 0-9 and a-f", "Copy both from the publisher's SHA512SUMS")),
    ...nodes.flatMap(({ host, datastores }) =>
      [...new Set(machines.filter(({ vm }) => vm.on === host).map(({ vm }) => vm.image))].flatMap((name) => {
        const wanted = given[name]?.datastore;
        if (wanted === undefined) return [];
        const store = datastores[wanted];
        if (!store) return [unknown(`host ${host}`, `image ${name}'s datastore`, wanted, `datastore on ${host}`, Object.keys(datastores))];
        if (store.holds.includes("import")) return [];
        return [finding(`host ${host}`, "datastore-fits", `image ${name} on ${wanted}, which holds ${store.holds.join(", ")}`, "a datastore that holds import", "Choose another datastore")];
      }),
    ),
  ];
}

function backupFindings({ name, to, pool, keep }: MachineBackup, { shares = {}, nodes, pools = {} }: Proxmox): readonly Finding[] {
  const here = nodes.flatMap(({ datastores }) => Object.entries(datastores).flatMap(([store, { holds }]) => (holds.includes("backup") ? [store] : [])));
  const places = [...new Set([...Object.keys(shares), ...here])];
  return [
    ...(places.includes(to) ? [] : [unknown("proxmox", `backup ${name}.to`, to, "share, nor a datastore that holds backup", places)]),
    ...(pool === undefined || pool in pools ? [] : [unknown("proxmox", `backup ${name}.pool`, pool, "pool", Object.keys(pools))]),
    ...(Object.values(keep).some((count) => count > 0)
      ? []
      : [finding("proxmox", "retention-spans-schedule", `backup ${name} keeps nothing`, "one copy at least", "Say how many to keep: keep: { daily: 7 }")]),
  ];
}

const unknown = (address: string, at: string, given: string, noun: string, known: readonly string[]): Finding =>
  finding(
    address,
    "reference-known",
    `${at} names "${given}", and there is no such ${noun}`,
    known.length ? `one of: ${known.join(", ")}` : "one, and there is none",
    nearest(given, known) ? `Write "${nearest(given, known)}"` : `Describe "${given}", or name what is there`,
  );

const quantity = (address: string, at: string, given: unknown): Finding =>
  finding(address, "quantity-valid", `${at} = ${JSON.stringify(given)}`, 'a size, such as "16Gi"', "Write it with Mi, Gi or Ti");

const finding = (address: string, rule: string, found: string, expected: string, fix: string): Finding =>
  error({ rule, address, found, expected, fix });
