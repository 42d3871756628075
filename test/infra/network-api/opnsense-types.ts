import { isIPv4 } from "node:net";
import { among, matching, text, type RecordType } from "./record-type";

/**
 * What OPNsense's models take, field by field: src/opnsense/mvc/app/models/OPNsense of opnsense/core at 26.7, Interfaces/Vlan.xml,
 * Firewall/Alias.xml, Firewall/Filter.xml, Unbound/Unbound.xml and Wireguard/Client.xml, with the classes of their fields.
 */
const bool = among("0", "1");
const anything = (value: unknown): boolean => typeof value === "string";
const network = (value: string): boolean => {
  const [address = "", prefix = "32", ...rest] = value.split("/");
  return isIPv4(address) && rest.length === 0 && /^\d+$/.test(prefix) && Number(prefix) <= 32;
};
const range = (value: string): boolean => value.split("-").length === 2 && value.split("-").every((it) => isIPv4(it));
const lines = (separator: string, each: (line: string) => boolean) => (value: unknown): boolean =>
  typeof value === "string" && value !== "" && value.split(separator).every(each);

const port = (value: string): boolean => /^\d+$/.test(value) && Number(value) >= 1 && Number(value) <= 65_535;
const ports = (value: unknown): boolean =>
  typeof value === "string" && (value === "" || (value.split("-").length <= 2 && value.split("-").every(port)));

export const vlan: RecordType = {
  required: ["if", "tag", "pcp", "vlanif"],
  fields: {
    if: text(15),
    tag: (value) => typeof value === "string" && /^\d+$/.test(value) && Number(value) >= 1 && Number(value) <= 4094,
    pcp: matching(/^[0-7]$/),
    proto: among("", "802.1q", "802.1ad"),
    descr: text(255),
    vlanif: matching(/^vlan0[0-9.]{1,10}$/),
  },
};

/** pf's own words, as far as anybody would call a set of addresses so: AliasNameField.php. */
const reserved = ["all", "any", "block", "from", "in", "label", "on", "out", "pass", "port", "set", "state", "table", "tag", "to", "user"];

export const alias: RecordType = {
  required: ["enabled", "name", "type"],
  fields: {
    enabled: bool,
    name: (value) => matching(/^([a-zA-Z]|(([_a-zA-Z][a-zA-Z0-9]|[a-zA-Z][_a-zA-Z0-9])[_a-zA-Z0-9]{0,29}))$/)(value) && !reserved.includes(String(value)),
    type: among("network"),
    content: lines("\n", (line) => network(line) || range(line)),
    description: text(255),
  },
};

/** A rule may name what is there: an interface, its network, an alias. */
export const rule = (interfaces: readonly string[], aliases: readonly string[]): RecordType => {
  const net = among("any", "(self)", ...interfaces, ...interfaces.map((it) => `${it}ip`), ...aliases);
  return {
    required: ["enabled", "sequence", "action", "quick", "direction", "ipprotocol", "protocol", "source_net", "destination_net", "destination_not"],
    fields: {
      enabled: bool,
      sequence: (value) => typeof value === "string" && /^\d+$/.test(value) && Number(value) >= 1 && Number(value) <= 999_999,
      action: among("pass", "block", "reject"),
      quick: bool,
      interface: among(...interfaces),
      direction: among("in", "out", "any"),
      ipprotocol: among("inet", "inet6", "inet46"),
      protocol: among("any", "TCP", "UDP", "TCP/UDP", "ICMP"),
      source_net: net,
      destination_net: net,
      destination_not: bool,
      destination_port: ports,
      description: text(255),
    },
  };
};

export const host: RecordType = {
  required: ["enabled", "domain", "rr", "server", "addptr"],
  fields: {
    enabled: bool,
    hostname: matching(/^(\*|[a-z0-9]([a-z0-9-]*[a-z0-9])?)$/),
    domain: matching(/^(?:[a-z0-9](?:[a-z0-9-]*[a-z0-9])?\.)*[a-z0-9](?:[a-z0-9-]*[a-z0-9])?$/i),
    rr: among("A", "AAAA", "MX", "TXT"),
    server: (value) => typeof value === "string" && isIPv4(value),
    addptr: bool,
    description: text(255),
  },
};

export const client: RecordType = {
  required: ["enabled", "name", "pubkey", "tunneladdress"],
  fields: {
    enabled: bool,
    name: matching(/^[0-9a-zA-Z._-]{1,64}$/),
    pubkey: matching(/^[A-Za-z0-9+/]{43}=$/),
    tunneladdress: lines(",", (it) => it.includes("/") && network(it)),
    servers: anything,
  },
};
