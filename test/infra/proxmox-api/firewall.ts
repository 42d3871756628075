import { collection, raise } from "./collection";
import { merged, missing, numbered, type Fields, type Route } from "./route";

/** Sets, groups, rules and options of the firewall, for the cluster and for each machine. */
export function firewallRoutes(): readonly Route[] {
  const options = new Map<string, Fields>();
  const machine = (at: Readonly<Record<string, string>>): string => `${at["node"]}/${at["id"]}`;
  return [
    ...sets(),
    ...groups(),
    { method: "GET", path: "/cluster/firewall/options", answer: () => numbered(options.get("cluster") ?? {}) },
    {
      method: "PUT",
      path: "/cluster/firewall/options",
      answer: ({ form }) => void options.set("cluster", merged(options.get("cluster") ?? {}, form)),
    },
    { method: "GET", path: "/nodes/:node/qemu/:id/firewall/options", answer: ({ in: at }) => numbered(options.get(machine(at)) ?? {}) },
    {
      method: "PUT",
      path: "/nodes/:node/qemu/:id/firewall/options",
      answer: ({ form, in: at }) => void options.set(machine(at), merged(options.get(machine(at)) ?? {}, form)),
    },
    ...rules("/nodes/:node/qemu/:id/firewall/rules", machine),
  ];
}

function sets(): readonly Route[] {
  const named = collection({ path: "/cluster/firewall/ipset", key: "name" });
  const entries = new Map<string, Map<string, Fields>>();
  const of = (at: Readonly<Record<string, string>>): Map<string, Fields> => {
    const found = entries.get(at["name"]!) ?? new Map<string, Fields>();
    entries.set(at["name"]!, found);
    return found;
  };
  return [
    {
      method: "GET",
      path: "/cluster/firewall/ipset/:name",
      answer: ({ in: at }) => (named.members.has(at["name"]!) ? [...of(at).values()] : raise(missing("no such IPSet"))),
    },
    { method: "POST", path: "/cluster/firewall/ipset/:name", answer: ({ form, in: at }) => void of(at).set(form["cidr"]!, form) },
    { method: "DELETE", path: "/cluster/firewall/ipset/:name/:cidr", answer: ({ in: at }) => void of(at).delete(at["cidr"]!) },
    {
      method: "PUT",
      path: "/cluster/firewall/ipset/:name/:cidr",
      answer: ({ form, in: at }) => void of(at).set(at["cidr"]!, { ...of(at).get(at["cidr"]!), ...form }),
    },
    ...named.routes,
  ];
}

function groups(): readonly Route[] {
  const named = collection({ path: "/cluster/firewall/groups", key: "group" });
  const own = rules("/cluster/firewall/groups/:name", (at) => at["name"]!);
  return [...own, ...named.routes.filter(({ method, path }) => path === "/cluster/firewall/groups" || method === "DELETE")];
}

/** Ordered rules: a new one goes to the top. Listed, a rule's position is a number; alone, it is text. */
function rules(path: string, owner: (at: Readonly<Record<string, string>>) => string): readonly Route[] {
  const lists = new Map<string, Fields[]>();
  const of = (at: Readonly<Record<string, string>>): Fields[] => {
    const found = lists.get(owner(at)) ?? [];
    lists.set(owner(at), found);
    return found;
  };
  const shown = (fields: Fields, pos: number) => ({ ...numbered(fields), dport: fields["dport"], pos });
  return [
    { method: "GET", path, answer: ({ in: at }) => of(at).map(shown) },
    { method: "POST", path, answer: ({ form, in: at }) => void of(at).unshift(form) },
    {
      method: "GET",
      path: `${path}/:pos`,
      answer: ({ in: at }) => ({ ...shown(of(at)[Number(at["pos"])] ?? raise(missing("rule")), 0), pos: at["pos"] }),
    },
    {
      method: "PUT",
      path: `${path}/:pos`,
      answer: ({ form, in: at }) => void (of(at)[Number(at["pos"])] = merged(of(at)[Number(at["pos"])] ?? raise(missing("rule")), form)),
    },
    { method: "DELETE", path: `${path}/:pos`, answer: ({ in: at }) => void of(at).splice(Number(at["pos"]), 1) },
  ];
}
