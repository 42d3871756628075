import { backupTargets, bucketNameOf } from "../../engine/model/backup-target";
import type { Host } from "../../engine/model/host";
import type { Lab } from "../../engine/model/lab";
import type { Offload } from "../../engine/model/offload";
import type { Offsite } from "../../engine/model/offsite";
import { bytesFrom, bytesOf, secondsOf } from "../../engine/model/quantity";
import type { Prices } from "../../engine/model/price";
import type { World } from "../../engine/model/resolve";
import { bytesInTiers } from "./tier-bytes";
import { table } from "./table";

const gib = 2 ** 30;
/** A month as bills count it. */
const hoursInMonth = 730;

/** What a month costs: each bucket by class at the sizes that the lab declares, and each machine by its watts. */
export function costsPage(world: World, prices: Prices): string {
  const { lab } = world;
  const offsite = lab.backups?.offsite;
  return [
    "# What a month costs",
    "",
    `At prices of ${prices.asOf}, in ${prices.currency}, when every copy is as old as it gets. Requests and soft-deleted copies come on top.`,
    "",
    ...(offsite ? [...offsitePart(world, offsite, prices), ""] : []),
    ...(lab.offload ? [...offloadPart(lab.offload, prices), ""] : []),
    ...machinesPart(lab, prices),
    "",
    "Read from:",
    ...prices.sources.map((source) => `- ${source}`),
    "",
  ].join("\n");
}

function offsitePart(world: World, offsite: Offsite, prices: Prices): readonly string[] {
  const rows = backupTargets(world).map((target) => {
    const tiers = [...bytesInTiers(target)];
    const month = tiers.reduce((sum, [tier, bytes]) => sum + (bytes / gib) * prices.storage[tier], 0);
    const once = target.of.reduce((sum, { bytes }) => sum + bytes, 0);
    return {
      name: bucketNameOf(offsite, target),
      held: tiers.map(([tier, bytes]) => `${Math.round(bytes / gib)} GiB ${tier.toLowerCase()}`).join(", "),
      month,
      restore: (once / gib) * prices.fetching,
    };
  });
  const month = rows.reduce((sum, row) => sum + row.month, 0);
  const budget = offsite.kind === "gcs" ? ` of the ${offsite.budget.amount} ${offsite.budget.currency} that the budget warns at` : "";
  return [
    "## Off site",
    "",
    table(
      ["bucket", "holds", "a month", "fetching all of it once"],
      rows.map((row) => [row.name, row.held, money(row.month), money(row.restore)]),
    ),
    "",
    `In all ${money(month)} ${prices.currency} a month${budget}.`,
  ];
}

/** A machine that does not run costs nothing; models are paid for by what they are asked, and the budget tells. */
function offloadPart({ machine, models = [], budget }: Offload, { offloadPerHour }: Prices): readonly string[] {
  const hours = (machine ? secondsOf(machine.stopsAfter) : 0) / 3600;
  const price = (count: number): string => (offloadPerHour === undefined ? "unknown" : money(offloadPerHour * count));
  return [
    "## Computed elsewhere",
    "",
    ...(machine
      ? [
          table(
            ["machine", "now", "an hour", `until it stops by itself (${machine.stopsAfter})`, "a whole month"],
            [[machine.type, machine.runs ? "runs" : "off: 0.00", price(1), price(hours), price(hoursInMonth)]],
          ),
          "",
        ]
      : []),
    `${models.length ? "Models of Vertex AI are paid for by the token. " : ""}The budget warns at ${budget.amount} ${budget.currency} a month.`,
  ];
}

function machinesPart({ hosts }: Lab, prices: Prices): readonly string[] {
  const metal = hosts.filter(({ vm }) => !vm);
  const known = metal.flatMap(({ watts, ...host }) =>
    watts === undefined ? [] : [{ ...host, watts, month: ((watts * hoursInMonth) / 1000) * prices.electricityPerKwh }],
  );
  const unknown = metal.filter(({ watts }) => watts === undefined).map(({ name }) => name);
  const sum = (of: (row: (typeof known)[number]) => number): number => known.reduce((total, row) => total + of(row), 0);
  return [
    "## Machines",
    "",
    table(
      ["host", "cores", "memory", "disks", "GPUs", "watts", "a month"],
      [
        ...known.map((host) => [host.name, String(host.cpu), host.memory, disksOf(host), gpusOf(host), String(host.watts), money(host.month)]),
        [
          "all",
          String(sum(({ cpu }) => cpu)),
          bytesFrom(sum(({ memory }) => bytesOf(memory))),
          "",
          "",
          String(sum(({ watts }) => watts)),
          money(sum(({ month }) => month)),
        ],
      ],
    ),
    ...(unknown.length ? ["", `Without known watts: ${unknown.join(", ")}.`] : []),
  ];
}

/** By kind, because a terabyte is not a terabyte. */
function disksOf({ disks }: Pick<Host, "disks">): string {
  const kinds = [...new Set(disks.map(({ media }) => media))];
  const of = (kind: string): number => disks.filter(({ media }) => media === kind).reduce((sum, { size }) => sum + bytesOf(size), 0);
  return kinds.map((kind) => `${Math.round(of(kind) / gib)} GiB ${kind}`).join(", ");
}

const gpusOf = ({ gpus = [] }: Pick<Host, "gpus">): string => gpus.map(({ model, memory }) => `${model} (${memory})`).join(", ");

const money = (amount: number): string => amount.toFixed(2);
