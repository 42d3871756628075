import type { Mistake } from "../../engine/model/app";
import type { Person } from "../../engine/model/person";
import { bytesOf } from "../../engine/model/quantity";
import { homeOf } from "./people";
import { nodesFor, offeredProfiles, type Profile, type Where } from "./profiles";

interface Release extends Where {
  readonly settings: Where["settings"] & { readonly servers?: number | undefined; readonly gpuServers: number };
}

/** What is wrong with the people, the profiles, and with both on this site. */
export const mistakes = (release: Release): readonly Mistake[] => [
  ...peopleMistakes(release.site.lab.people),
  ...twice(release.settings.profiles),
  ...release.settings.profiles.flatMap(limits),
  ...homeless(release),
  ...boundHomes(release),
  ...tooManyGpus(release),
];

function peopleMistakes(people: readonly Person[]): readonly Mistake[] {
  if (people.length === 0) return [{ rule: "jupyterhub-people", found: "nobody in lab.people", expected: "one person at least: nobody else may sign in", fix: "Add a person to the lab, or take JupyterHub away" }];
  // kubespawner 7 puts a hash into every name that is not such a label (slugs.py), and the home would not be found.
  const odd = people.filter(({ name }) => !/^[a-z][a-z0-9-]{0,46}[a-z0-9]$|^[a-z]$/.test(name) || name.includes("--"));
  const shared = people.filter(({ email }, index) => people.findIndex((it) => it.email.toLowerCase() === email.toLowerCase()) !== index);
  return [
    ...odd.map(({ name }) => ({
      rule: "jupyterhub-person",
      found: `a person named ${JSON.stringify(name)}`,
      expected: 'a name of at most 48 of a-z, 0-9 and single "-", which begins with a letter: pods and homes carry it',
      fix: `Name ${name} so in lab.people`,
    })),
    ...shared.map(({ name, email }) => ({ rule: "jupyterhub-email", found: `${email}, also of ${name}`, expected: "an address for each person: it says whose home is opened", fix: `Give ${name} an address of their own` })),
  ];
}

const twice = (profiles: readonly Profile[]): readonly Mistake[] =>
  profiles
    .filter(({ name }, index) => profiles.findIndex((it) => it.name === name) !== index)
    .map(({ name }) => ({ rule: "jupyterhub-profile-once", found: `two profiles named ${name}`, expected: "each name once", fix: `Rename or remove one ${name} in profiles` }));

const limits = ({ name, memory, memoryLimit }: Profile): readonly Mistake[] =>
  bytesOf(memory) <= bytesOf(memoryLimit)
    ? []
    : [{ rule: "jupyterhub-profile-memory", found: `profile ${name} with memory ${memory} and memoryLimit ${memoryLimit}`, expected: "a limit that is no less than the request", fix: `Raise its memoryLimit to ${memory} or more` }];

/** A server that nobody could ever start. */
function homeless(release: Release): readonly Mistake[] {
  const offered = offeredProfiles(release);
  if (offered.length === 0) return [{ rule: "jupyterhub-profile-fits", found: "no profile that any node could carry", expected: "one at least", fix: "Add a smaller profile, or place it where there is room" }];
  return offered
    .filter((it) => nodesFor(it, release).length === 0)
    .map(({ name, cpu, memoryLimit, gpu, image }) => ({
      rule: "jupyterhub-profile-fits",
      found: `profile ${name} with ${cpu} CPU, up to ${memoryLimit}${gpu ? `, ${gpu.shares} of a GPU of ${gpu.memory}` : ""} on ${image.architectures.join(" or ")}, and no node that its servers may stand on could carry it`,
      expected: "a node for each profile that is offered",
      fix: 'Ask for less, loosen `on` and `tolerates`, or set offered to "where-it-fits"',
    }));
}

/** A volume of a node's own disk stays where its first pod stood, and takes every later server of that person there. */
function boundHomes(release: Release): readonly Mistake[] {
  const { cluster, lab } = release.site;
  const placement = cluster.runs.find((it) => it.name === release.name);
  const bound = lab.people.filter((it) => cluster.provides.storage[placement?.storage[homeOf(it)] ?? "precious"]?.nodeLocal);
  const wheres = offeredProfiles(release).map((it) => ({ name: it.name, nodes: nodesFor(it, release).map((node) => node.name).join(", ") }));
  const [first, ...others] = wheres.filter(({ nodes }) => nodes !== "");
  const other = others.find(({ nodes }) => nodes !== first?.nodes);
  if (bound.length === 0 || !first || !other) return [];
  return [
    {
      rule: "jupyterhub-home-bound",
      found: `homes that stay on the node where they were first opened, profile ${first.name} on ${first.nodes}, and profile ${other.name} on ${other.nodes}`,
      expected: "homes that follow their people, or profiles that stand on the same nodes",
      fix: "Keep what is precious on storage that is not a node's own, or place it with `on` and `tolerates` where every profile fits",
    },
  ];
}

const tooManyGpus = ({ settings: { servers, gpuServers }, site }: Release): readonly Mistake[] =>
  gpuServers <= (servers ?? site.lab.people.length)
    ? []
    : [{ rule: "jupyterhub-gpu-servers", found: `gpuServers ${gpuServers}, and at most ${servers ?? site.lab.people.length} servers in all`, expected: "no more servers with a GPU than servers", fix: "Lower gpuServers" }];
