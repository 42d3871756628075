import { HEADER } from "../../engine/emit/header";
import { toYaml } from "../../engine/emit/yaml";
import { k3sConfig } from "../../engine/hosts/k3s-config";
import type { Lab } from "../../engine/model/lab";
import { snapraidConfig } from "./disk-pool";
import { inventory } from "./inventory";
import { managedHosts } from "./managed";
import { wireguardConfig } from "./wireguard";

/** What machines are set up from: the inventory, and a configuration for each program that has one of its own. */
export function hostFiles(lab: Lab): ReadonlyMap<string, string> {
  const file = (path: string, text: string): readonly [string, string] => [`infra/out/${path}`, `${HEADER}\n${text}`];
  const metal = lab.clusters.filter(({ distribution }) => distribution.name === "k3s");
  if (metal.length === 0 && !lab.wireguard) return new Map();
  return new Map([
    file("ansible/inventory.yaml", toYaml(inventory(lab))),
    ...metal.flatMap((cluster) =>
      cluster.nodes.map((node) => file(`k3s/${cluster.name}/${node.name}.yaml`, toYaml(k3sConfig(cluster, node, lab)))),
    ),
    ...managedHosts(lab)
      .filter(({ pool }) => pool)
      .map((host) => file(`snapraid/${host.name}.conf`, snapraidConfig(host))),
    ...(lab.wireguard?.members ?? []).map((member) => file(`wireguard/${member.name}.conf`, wireguardConfig(member, lab.wireguard!, lab))),
  ]);
}
