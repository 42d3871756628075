import { collection } from "./collection";
import { numbered, type Route } from "./route";

/** Nodes, pools, device mappings, backup jobs and high availability. */
export function clusterRoutes(nodes: readonly string[], inPool: (pool: string) => readonly unknown[]): readonly Route[] {
  const pool = collection({ path: "/pools", key: "poolid" });
  return [
    { method: "GET", path: "/version", answer: () => ({ version: "9.0.3", release: "9.0", repoid: "0" }) },
    { method: "GET", path: "/nodes", answer: () => nodes.map((node) => ({ node, status: "online", type: "node" })) },
    { method: "GET", path: "/nodes/:node/status", answer: () => ({ uptime: 1 }) },
    // Every task is done at once.
    { method: "GET", path: "/nodes/:node/tasks/:task/status", answer: () => ({ status: "stopped", exitstatus: "OK" }) },
    { method: "GET", path: "/nodes/:node/tasks/:task/log", answer: () => [] },
    // Pools are addressed by a field, not by their path.
    {
      method: "GET",
      path: "/pools",
      answer: ({ form: { poolid } }) =>
        [...pool.members.values()]
          .filter((it) => poolid === undefined || it["poolid"] === poolid)
          .map((it) => ({ ...it, members: inPool(it["poolid"]!) })),
    },
    {
      method: "PUT",
      path: "/pools",
      answer: ({ form }) => void pool.members.set(form["poolid"]!, { ...pool.members.get(form["poolid"]!), ...form }),
    },
    { method: "DELETE", path: "/pools", answer: ({ form }) => void pool.members.delete(form["poolid"]!) },
    ...pool.routes,
    ...collection({ path: "/cluster/mapping/pci", key: "id", shown: (fields) => ({ ...fields, map: [fields["map"]] }) }).routes,
    ...collection({
      path: "/cluster/backup",
      key: "id",
      shown: (fields) => ({
        ...numbered(fields),
        ...("prune-backups" in fields ? { "prune-backups": pruned(fields["prune-backups"]!) } : {}),
      }),
    }).routes,
    ...collection({ path: "/cluster/ha/resources", key: "sid", shown: (fields) => ({ ...numbered(fields), type: "vm" }) }).routes,
    ...collection({ path: "/cluster/ha/rules", key: "rule" }).routes,
  ];
}

/** `keep-daily=7,keep-weekly=4` is taken as text and shown as an object. */
const pruned = (text: string): Readonly<Record<string, string>> =>
  Object.fromEntries(text.split(",").map((pair) => pair.split("=") as [string, string]));
