/** A network of the lab: what an address may come from. Names are unique; CIDRs never overlap. */
export interface Network {
  readonly name: string;
  readonly cidr: string;
  readonly vlan?: number;
  readonly gateway?: string;
  /** Addresses that the network's own DHCP server hands out, `first-last`: nothing static may stand in it. */
  readonly dhcp?: string;
  /** From here, and only from here, machines are managed: SSH, Kubernetes' API, Proxmox. */
  readonly manages?: true;
}
