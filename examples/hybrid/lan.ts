import type { Router } from "../../engine/model/router";
import type { Omada } from "../../engine/model/switches";

/** An OPNsense with one cable to the switches, and a leg in every network but the one that only carries storage. */
export const router: Router = {
  endpoint: "https://router.hybrid.example",
  trunk: { device: "igb1", untagged: "management" },
  wan: "wan",
  interfaces: { management: "lan", servers: "opt1", home: "opt2", things: "opt3", tunnel: "wireguard" },
  internet: ["management", "servers", "home"],
};

/** One switch in the rack, one in the living room. */
export const omada: Omada = {
  endpoint: "https://omada.hybrid.example:8043",
  site: "Home",
  switches: [
    {
      name: "rack",
      mac: "AC-15-A2-00-00-01",
      ports: {
        1: { uplink: "router", untagged: "management" },
        2: { uplink: "living room", untagged: "management" },
        3: { host: "pve-1" },
        4: { host: "pve-2" },
        5: { host: "metal-1" },
        6: { host: "nas" },
      },
    },
    {
      name: "living room",
      mac: "AC-15-A2-00-00-02",
      ports: { 1: { uplink: "rack", untagged: "management" }, 2: { network: "home" }, 3: { network: "things" }, 8: { uplink: "access point", untagged: "management" } },
    },
  ],
};
