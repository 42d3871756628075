import { raise } from "./collection";
import { merged, missing, numbered, Refused, type Fields, type Route } from "./route";

interface Machine {
  config: Fields;
  running: boolean;
}

/** Virtual machines. Ids are one namespace for the whole cluster; a machine that is protected cannot be removed. */
export function machineRoutes(): { readonly routes: readonly Route[]; readonly inPool: (pool: string) => readonly unknown[] } {
  const machines = new Map<string, Machine>();
  const machine = (at: Readonly<Record<string, string>>): Machine =>
    machines.get(at["id"]!) ??
    raise(new Refused(500, `Configuration file 'nodes/${at["node"]}/qemu-server/${at["id"]}.conf' does not exist`));
  const task = (at: Readonly<Record<string, string>>, what: string): string =>
    `UPID:${at["node"]}:0:0:0:${what}:${at["id"] ?? ""}:terraform@pve:`;
  const change = (form: Fields, found: Machine): void => {
    found.config = settled(merged(found.config, form), found.config["vmid"]!);
  };
  const power = (what: string, running: boolean): Route => ({
    method: "POST",
    path: `/nodes/:node/qemu/:id/status/${what}`,
    answer: ({ in: at }) => {
      machine(at).running = running;
      return task(at, what);
    },
  });
  const inPool = (pool: string) =>
    [...machines]
      .filter(([, { config }]) => config["pool"] === pool)
      .map(([id, { config }]) => ({ id: `qemu/${id}`, node: config["node"], type: "qemu", vmid: Number(id) }));
  const routes: readonly Route[] = [
    {
      method: "GET",
      path: "/cluster/resources",
      answer: () =>
        [...machines].map(([id, { config }]) => ({
          id: `qemu/${id}`,
          vmid: Number(id),
          type: "qemu",
          node: config["node"],
          pool: config["pool"],
        })),
    },
    {
      method: "GET",
      path: "/nodes/:node/qemu",
      answer: ({ in: at }) =>
        [...machines.values()]
          .filter(({ config }) => config["node"] === at["node"])
          .map(({ config, running }) => ({ vmid: Number(config["vmid"]), name: config["name"], status: running ? "running" : "stopped" })),
    },
    {
      method: "POST",
      path: "/nodes/:node/qemu",
      answer: ({ form, in: at }) => {
        const id = form["vmid"]!;
        if (machines.has(id)) throw new Refused(500, `unable to create VM ${id} - VM ${id} already exists`);
        machines.set(id, { config: settled({ ...form, node: at["node"]! }, id), running: false });
        return task({ ...at, id }, "qmcreate");
      },
    },
    { method: "GET", path: "/nodes/:node/qemu/:id/config", answer: ({ in: at }) => shown(machine(at).config) },
    { method: "PUT", path: "/nodes/:node/qemu/:id/config", answer: ({ form, in: at }) => change(form, machine(at)) },
    {
      method: "POST",
      path: "/nodes/:node/qemu/:id/config",
      answer: ({ form, in: at }) => {
        change(form, machine(at));
        return task(at, "qmconfig");
      },
    },
    {
      method: "PUT",
      path: "/nodes/:node/qemu/:id/resize",
      answer: ({ form, in: at }) => {
        const found = machine(at);
        const disk = form["disk"]!;
        found.config = {
          ...found.config,
          [disk]: (found.config[disk] ?? raise(missing(disk))).replace(/size=\w+/, `size=${form["size"]}`),
        };
        return task(at, "resize");
      },
    },
    { method: "PUT", path: "/nodes/:node/qemu/:id/cloudinit", answer: () => undefined },
    {
      method: "GET",
      path: "/nodes/:node/qemu/:id/status/current",
      answer: ({ in: at }) => ({
        vmid: Number(at["id"]),
        name: machine(at).config["name"],
        status: machine(at).running ? "running" : "stopped",
        qmpstatus: machine(at).running ? "running" : "stopped",
      }),
    },
    power("start", true),
    power("reboot", true),
    power("stop", false),
    power("shutdown", false),
    {
      method: "DELETE",
      path: "/nodes/:node/qemu/:id",
      answer: ({ in: at }) => {
        if (machine(at).config["protection"] === "1") throw new Refused(500, `can't remove VM ${at["id"]} - protection mode enabled`);
        machines.delete(at["id"]!);
        return task(at, "qmdestroy");
      },
    },
  ];
  return { routes, inPool };
}

/** Fields that a machine was made with and does not show as its configuration. */
function shown({ vmid: _vmid, node: _node, pool: _pool, ...config }: Fields): unknown {
  return { ...numbered(config), digest: "0" };
}

/** Volumes that were asked for have become volumes that are there, with a name and a size. */
function settled(config: Fields, id: string): Fields {
  return Object.fromEntries(
    Object.entries(config).map(([key, value]) => [key, /^(scsi|efidisk|ide)\d+$/.test(key) ? volume(value, id, key) : value]),
  );
}

function volume(text: string, id: string, key: string): string {
  const [first = "", ...rest] = text.split(",");
  const file = first.replace(/^file=/, "");
  const [store = "", name = ""] = file.split(":");
  const kept = rest.filter((it) => !it.startsWith("import-from=") && !it.startsWith("format="));
  if (name === "cloudinit") return `${store}:vm-${id}-cloudinit,media=cdrom,size=4M`;
  if (!/^\d+$/.test(name)) return [file, ...kept].join(",");
  const size = rest.some((it) => it.startsWith("import-from=")) ? "size=2G" : `size=${name}G`;
  return [`${store}:vm-${id}-${key}`, ...kept.filter((it) => !it.startsWith("size=")), size].join(",");
}
