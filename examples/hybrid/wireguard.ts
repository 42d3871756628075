import type { WireGuard } from "../../engine/model/wireguard";

/** The way in from outside: the router answers, a laptop and another house dial it. Public keys stand here; the others never leave their machines. */
export const wireguard: WireGuard = {
  network: "tunnel",
  endpoint: "vpn.hybrid.example",
  port: 51820,
  hub: "router",
  members: [
    { name: "router", address: "10.20.60.1", publicKey: "UbeZalHdM3dFifIQZdNpg5zS+sLWCpWVebyje0bMvmQ=" },
    { name: "laptop", address: "10.20.60.10", publicKey: "WJt/LJL1CdWwNiN2R9nEbuP901Ncp2/vWxV75BV+ITI=" },
    { name: "cottage", address: "10.20.60.20", publicKey: "iA1bRzUWXjzLdcxyKIwQBMx1BOx88E+4t48hvovRV3Y=", behind: ["cottage"] },
  ],
};
