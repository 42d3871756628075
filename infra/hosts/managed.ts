import type { Host } from "../../engine/model/host";
import type { Lab } from "../../engine/model/lab";

/** Machines that Ansible sets up: Linux ones of the lab. What runs Kind is somebody's Mac, and what runs Proxmox is Proxmox' own. */
export function managedHosts({ hosts, clusters, proxmox }: Lab): readonly Host[] {
  const kind = new Set(
    clusters.filter(({ distribution }) => distribution.name === "kind").flatMap(({ nodes }) => nodes.map(({ host }) => host)),
  );
  const hypervisors = new Set(proxmox?.nodes.map(({ host }) => host));
  return hosts.filter(({ name }) => !kind.has(name) && !hypervisors.has(name));
}

/** The address by which a machine is reached for being set up: in the network that it was named in first. */
export const addressOf = ({ addresses }: Host): string => Object.values(addresses)[0] ?? "";
