import { addressUnique } from "../../engine/checks/lab/address-unique";
import { staticAddress } from "../../engine/checks/lab/static-address";
import { wireguardValid } from "../../engine/checks/lab/wireguard-valid";
import type { WireGuardMember } from "../../engine/model/wireguard";
import { lab } from "../../examples/hybrid/lab";
import { infraFiles } from "../../infra/files";

/** What wg(8) and wg-quick(8) take, by section; anything else they refuse. */
const allowed: Readonly<Record<string, Readonly<Record<string, RegExp>>>> = {
  Interface: { Address: /^[\d.]+\/\d+$/, ListenPort: /^\d+$/, PostUp: /^wg set %i private-key \/etc\/wireguard\/%i\.key$/ },
  Peer: {
    PublicKey: /^[A-Za-z0-9+/]{43}=$/,
    AllowedIPs: /^[\d.]+\/\d+(, [\d.]+\/\d+)*$/,
    Endpoint: /^[\w.-]+:\d+$/,
    PersistentKeepalive: /^\d+$/,
  },
};

interface Section {
  readonly name: string;
  readonly fields: Readonly<Record<string, string>>;
}

/** A configuration read as wg reads it: sections, fields once each, and no field that it does not know. */
function read(member: string): readonly Section[] {
  const text = infraFiles(lab).get(`infra/out/wireguard/${member}.conf`) ?? "";
  return text
    .replace(/#.*$/gm, "")
    .split(/^\[/m)
    .slice(1)
    .map((part) => {
      const [name = "", ...lines] = part.split(/\]?\n/);
      const pairs = lines.filter((line) => line.trim()).map((line) => line.split(/ = (.*)/).slice(0, 2) as [string, string]);
      for (const [key, value] of pairs)
        if (!allowed[name]?.[key]?.test(value)) throw new Error(`${member}: wg would refuse ${key} = ${value} in [${name}]`);
      if (new Set(pairs.map(([key]) => key)).size !== pairs.length) throw new Error(`${member}: a field twice in [${name}]`);
      return { name, fields: Object.fromEntries(pairs) };
    });
}

const [hubSection, ...hubPeers] = read("router");
const [laptopSection, ...laptopPeers] = read("laptop");

test("the hub listens, and knows every member by its key and what lies behind it", () => {
  expect(hubSection?.fields).toEqual({
    Address: "10.20.60.1/24",
    ListenPort: "51820",
    PostUp: "wg set %i private-key /etc/wireguard/%i.key",
  });
  expect(hubPeers.map(({ fields }) => fields["AllowedIPs"])).toEqual(["10.20.60.10/32", "10.20.60.20/32, 10.30.0.0/24"]);
});

test("a member dials the hub, and reaches the lab and the other house through it", () => {
  expect(laptopSection?.fields["Address"]).toBe("10.20.60.10/32");
  expect(laptopPeers).toHaveLength(1);
  expect(laptopPeers[0]?.fields).toMatchObject({ Endpoint: "vpn.hybrid.example:51820", PersistentKeepalive: "25" });
  expect(laptopPeers[0]?.fields["AllowedIPs"]?.split(", ")).toEqual(
    expect.arrayContaining(["10.20.20.0/24", "10.20.60.0/24", "10.30.0.0/24"]),
  );
});

test("another house does not send its own network through the tunnel", () => {
  expect(read("cottage")[1]?.fields["AllowedIPs"]).not.toContain("10.30.0.0/24");
});

test("no two members of the hub claim one address", () => {
  const claimed = hubPeers.flatMap(({ fields }) => fields["AllowedIPs"]?.split(", ") ?? []);
  expect(new Set(claimed).size).toBe(claimed.length);
});

test("no private key is in any file", () => {
  for (const [, text] of infraFiles(lab)) expect(text).not.toMatch(/^PrivateKey/m);
});

describe("a private network that would not work", () => {
  const { wireguard } = lab;
  const findings = (given: Partial<NonNullable<typeof wireguard>>) =>
    [wireguardValid, staticAddress, addressUnique].flatMap((check) => check({ ...lab, wireguard: { ...wireguard!, ...given } })).map(({ found }) => found);
  const members = (given: Partial<WireGuardMember>) => ({ members: [wireguard!.members[0]!, { ...wireguard!.members[1]!, ...given }] });

  test("the hybrid lab's is sound", () => {
    expect(findings({})).toEqual([]);
  });

  test.each<[string, Parameters<typeof findings>[0], string]>([
    ["a hub that is no member", { hub: "rooter" }, 'hub names "rooter", and there is no such member'],
    ["a key that is none", members({ publicKey: "abc" }), 'laptop\'s public key "abc"'],
    ["an address elsewhere", members({ address: "10.20.20.10" }), "WireGuard member laptop (10.20.20.10) is in none of: tunnel 10.20.60.0/24"],
    ["one address for two", members({ address: "10.20.60.1" }), "10.20.60.1 belongs to WireGuard member router and WireGuard member laptop"],
    ["a network that is not there", members({ behind: ["cottages"] }), 'laptop.behind names "cottages", and there is no such network'],
  ])("%s is found", (_, given, found) => {
    expect(findings(given)).toEqual([found]);
  });
});
