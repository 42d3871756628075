import { merged, missing, numbered, type Fields, type Route } from "./route";
import { raise } from "./collection";

/** Interfaces of nodes. Each has the bridge that Proxmox' installer makes. */
export function networkRoutes(nodes: readonly string[]): readonly Route[] {
  const installed: Fields = {
    iface: "vmbr0",
    type: "bridge",
    method: "static",
    cidr: "10.20.10.11/24",
    address: "10.20.10.11",
    netmask: "24",
    gateway: "10.20.10.1",
    bridge_ports: "enp5s0",
    autostart: "1",
    active: "1",
  };
  const interfaces = new Map(
    nodes.map((node, index) => [
      `${node} vmbr0`,
      { ...installed, cidr: `10.20.10.${11 + index}/24`, address: `10.20.10.${11 + index}` } as Fields,
    ]),
  );
  const keyOf = (at: Readonly<Record<string, string>>, name: string): string => `${at["node"]} ${name}`;
  return [
    {
      method: "GET",
      path: "/nodes/:node/network",
      answer: ({ in: at }) => [...interfaces].filter(([key]) => key.startsWith(`${at["node"]} `)).map(([, fields]) => shown(fields)),
    },
    {
      method: "POST",
      path: "/nodes/:node/network",
      answer: ({ form, in: at }) => void interfaces.set(keyOf(at, form["iface"]!), { ...form, active: "1" }),
    },
    // Without a name: the changes are put into effect.
    { method: "PUT", path: "/nodes/:node/network", answer: ({ in: at }) => `UPID:${at["node"]}:0:0:0:srvreload:networking:terraform@pve:` },
    {
      method: "PUT",
      path: "/nodes/:node/network/:name",
      answer: ({ form, in: at }) =>
        void interfaces.set(keyOf(at, at["name"]!), merged(interfaces.get(keyOf(at, at["name"]!)) ?? raise(missing("interface")), form)),
    },
    { method: "DELETE", path: "/nodes/:node/network/:name", answer: ({ in: at }) => void interfaces.delete(keyOf(at, at["name"]!)) },
  ];
}

/** VLAN interfaces are known by their names: `vmbr0.30`. */
function shown(fields: Fields): unknown {
  const [raw, tag] = (fields["iface"] ?? "").split(".");
  return { ...numbered(fields), ...(tag ? { "vlan-raw-device": raw, "vlan-id": tag } : {}), netmask: undefined };
}
