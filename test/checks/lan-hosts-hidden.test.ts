import { lanHostsHidden } from "../../engine/checks/releases/lan-hosts-hidden";
import type { Reach } from "../../engine/model/needs";
import { place, type Placement } from "../../engine/model/placement";
import { appOf, clusterOf, worldOf } from "../lab-of";

const ingress = (reach: Reach) => place(appOf({ name: "traefik", needs: { exposes: { websecure: { port: 8443, scheme: "tcp", reach } } } }));
const web = (name: string, reach: Reach) => place(appOf({ name, needs: { exposes: { web: { port: 8080, scheme: "http", reach, ...(reach === "internet" ? { enter: "everyone" as const } : {}) } } } }));
const found = (...runs: readonly Placement[]) => lanHostsHidden(worldOf({ clusters: [clusterOf({ runs })] })).map(({ address, found: what }) => `${address}: ${what}`);

test("what is for the LAN is named where the internet reaches the ingress that routes it", () => {
  expect(found(ingress("internet"), web("blog", "internet"), web("admin", "lan"))).toEqual(["one/traefik: the internet reaches it, and it answers there for the LAN's admin.one.test.example"]);
});

test("an ingress for the LAN, and one that routes only what everyone may have, hide nothing", () => {
  expect(found(ingress("lan"), web("admin", "lan"))).toEqual([]);
  expect(found(ingress("internet"), web("blog", "internet"))).toEqual([]);
});
