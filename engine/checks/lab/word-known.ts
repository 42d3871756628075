import { error, type Finding } from "../../model/finding";
import type { Lab } from "../../model/lab";
import { nearest } from "../../model/nearest";
import type { Environment } from "../../model/placement";

/** Every word of a closed set, as its type lists it: leaving one out, or adding one, does not compile. */
const environments = Object.keys({ production: true, staging: true, development: true } satisfies Record<Environment, true>);
const modes = Object.keys({ hub: true, perCluster: true, existing: true } satisfies Record<Lab["gitops"]["mode"], true>);
const enforcements = Object.keys({ enforce: true, observe: true } satisfies Record<Lab["clusters"][number]["runs"][number]["enforcement"], true>);
const roles = Object.keys({ "control-plane": true, worker: true } satisfies Record<Lab["clusters"][number]["nodes"][number]["role"], true>);
const architectures = Object.keys({ amd64: true, arm64: true } satisfies Record<Lab["hosts"][number]["arch"], true>);

interface Word {
  readonly address: string;
  readonly at: string;
  readonly word: string;
  readonly known: readonly string[];
}

/** Words of which there are only a few are one of them. Types say so too, and synth does not wait for the compiler. */
export const wordKnown = (lab: Lab): readonly Finding[] => wordsOf(lab).filter(({ word, known }) => !known.includes(word)).map(unknown);

const wordsOf = ({ gitops, hosts, clusters }: Lab): readonly Word[] => [
  { address: "lab", at: "gitops.mode", word: gitops.mode, known: modes },
  ...hosts.map((host): Word => ({ address: `host ${host.name}`, at: "arch", word: host.arch, known: architectures })),
  ...clusters.flatMap((cluster): readonly Word[] => [
    { address: cluster.name, at: "environment", word: cluster.environment, known: environments },
    ...cluster.nodes.map((node): Word => ({ address: `${cluster.name} node ${node.name}`, at: "role", word: node.role, known: roles })),
    ...cluster.runs.flatMap(({ name, environment, enforcement }): readonly Word[] => [
      ...(environment === undefined ? [] : [{ address: `${cluster.name}/${name}`, at: "environment", word: environment, known: environments }]),
      { address: `${cluster.name}/${name}`, at: "enforcement", word: enforcement, known: enforcements },
    ]),
  ]),
];

function unknown({ address, at, word, known }: Word): Finding {
  const meant = nearest(word, known) ?? known.find((it) => it.startsWith(word));
  return error({
    rule: "word-known",
    address,
    found: `${at} = ${JSON.stringify(word)}`,
    expected: `one of: ${known.join(", ")}`,
    fix: meant ? `Write "${meant}"` : "Choose one of them",
  });
}
