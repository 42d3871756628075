import { groupsOf } from "../../checks/groups";
import type { Built } from "../../model/built";
import type { Cluster } from "../../model/cluster";
import { error, warning, type Finding } from "../../model/finding";
import { knowsIdentities } from "../../model/distribution";
import { objectName, type Manifest } from "../../model/manifest";
import { namespacesOf, type Release } from "../../model/release";
import type { World } from "../../model/resolve";
import { Allowed } from "./allowed";
import { isCiliumPolicy } from "./cilium-policy";
import { unreadIn } from "./cilium-unread";
import { conversationsOn, declaredBy, type Conversation } from "./declared";
import { groundOf, kindWords, peerWords, type Ground, type PodKind } from "./ground";
import { isNetworkPolicy } from "./network-policy";
import { policiesIn, type Direction, type Policy } from "./policies";
import { portWords } from "./ports";
import { covers, meet, minus, type Region } from "./region";

/** Policies let through exactly what was declared: nothing more, nothing less, seen from both ends. */
export function flowsHold(built: readonly Built[], world: World): readonly Finding[] {
  const byCluster = groupsOf(built, ({ release }) => release.cluster.name);
  return world.lab.clusters.flatMap((cluster) => {
    const here = byCluster.get(cluster.name) ?? [];
    return here.length ? [...unenforced(cluster), ...here.flatMap(unread), ...differences(groundOf(cluster, here, world), policiesIn(here), world)] : [];
  });
}

const unenforced = ({ name, distribution }: Cluster): readonly Finding[] =>
  distribution.cni.enforcesPolicies
    ? []
    : [
        warning({
          rule: "policies-enforced",
          address: name,
          found: `${distribution.cni.name}, which enforces no policies: every pod talks to every other`,
          expected: "a CNI that enforces them",
          fix: "Choose one that does, or keep nothing there that a neighbour must not reach",
        }),
      ];

/** Policies of other kinds, those in namespaces that are not the release's, and what is not read of one would change what holds without being counted. */
const unread = ({ release, manifests }: Built): readonly Finding[] =>
  manifests
    .filter(({ kind }) => kind.endsWith("NetworkPolicy"))
    .flatMap((manifest) => {
      const read = isEnforced(manifest, release.cluster) && namespacesOf(release).includes(manifest.metadata.namespace ?? release.namespace);
      const words = read && isCiliumPolicy(manifest) ? unreadIn(manifest) : [];
      return read && words.length === 0 ? [] : [notRead(release, manifest, words)];
    });

const isEnforced = (manifest: Manifest, cluster: Cluster): boolean => isNetworkPolicy(manifest) || (isCiliumPolicy(manifest) && knowsIdentities(cluster));

const notRead = (release: Release, manifest: Manifest, words: readonly string[]): Finding =>
  error({
    rule: "policy-read",
    address: release.address,
    found: `${manifest.apiVersion} ${objectName(manifest)} in ${manifest.metadata.namespace ?? "the whole cluster"}${words.length ? `, with ${words.join(", ")}` : ""}`,
    expected: "NetworkPolicies of networking.k8s.io or, where the CNI is Cilium, CiliumNetworkPolicies, in the release's own namespaces: what others say is not proven",
    fix: "Declare the flow as a need of the app",
  });

function differences(ground: Ground, policies: readonly Policy[], world: World): readonly Finding[] {
  const conversations = conversationsOn(ground, world);
  const declared = declaredBy(conversations);
  const allowed = new Allowed(ground, policies);
  return ground.kinds.filter(isProven).flatMap((kind) =>
    directions.flatMap((direction) => {
      const may = allowed.regions(kind, direction);
      const should = declared.get(kind)?.[direction] ?? [];
      if (covers(may, should)) return [];
      const difference: Difference = { ground, kind, direction, policies: allowed.selecting(kind, direction) };
      return [...extra(difference, minus(may, should), allowed), ...missing(difference, minus(should, may), conversations)];
    }),
  );
}

const directions = ["ingress", "egress"] as const;

/** Of pods that are not ours nothing is proven, of those on their node's network nothing holds, and what is only observed has no policies yet. */
const isProven = ({ release, hostNetwork }: PodKind): boolean => release !== undefined && !hostNetwork && release.placement.enforcement === "enforce";

interface Difference {
  readonly ground: Ground;
  readonly kind: PodKind;
  readonly direction: Direction;
  /** Those that select it. */
  readonly policies: readonly Policy[];
}

function extra(it: Difference, regions: readonly Region[], allowed: Allowed): readonly Finding[] {
  if (regions.length === 0) return [];
  const openers = it.policies.filter((policy) => allowed.of(policy, it.kind, it.direction).some((open) => regions.some((region) => meet(open, region))));
  const by = openers.length ? [...groupsOf(openers, ({ kind }) => kind)].map(([kind, same]) => `${kind} ${same.map(({ name }) => name).join(", ")}`).join(" and ") : "no policy that selects it";
  return [
    finding(it, openers, {
      rule: "flow-extra",
      found: `${kindWords(it.kind)} ${it.direction === "egress" ? "may call" : "may be called by"} ${regionWords(regions, it.ground)}, through ${by}`,
      expected: "only what somebody declared",
      fix: it.direction === "egress" ? "Declare whom it calls in `talksTo`, or close the policy" : "Declare it in `exposes`, or who calls it in their `talksTo`, or close the policy",
    }),
  ];
}

function missing(it: Difference, regions: readonly Region[], conversations: readonly Conversation[]): readonly Finding[] {
  if (regions.length === 0) return [];
  const reasons = conversations
    .filter(({ from, to }) => (it.direction === "egress" ? from : to).kinds.includes(it.kind))
    .filter(({ from, to, ports }) => (it.direction === "egress" ? to.targets : from.sources).some((peers) => regions.some((region) => meet({ peers, ports }, region))))
    .map(({ because }) => because);
  return [
    finding(it, it.policies, {
      rule: "flow-missing",
      found: `${kindWords(it.kind)} cannot ${it.direction === "egress" ? "call" : "be called by"} ${regionWords(regions, it.ground)}, as declared by ${[...new Set(reasons)].join(", ")}`,
      expected: "a policy that lets it through",
      fix: "Open it in the policy that selects these pods, or declare it no longer",
    }),
  ];
}

/** Where the owner patched the policy, with a reason, it is known and only said. */
function finding({ kind }: Difference, policies: readonly Policy[], report: Omit<Finding, "severity" | "address">): Finding {
  const patches = policies.flatMap((policy) => policy.release.placement.patch.filter(({ of }) => of === `${policy.kind}/${policy.name}`));
  const address = kind.release?.address ?? "lab";
  return patches.length ? warning({ ...report, address, fix: `Nothing, while its reason holds: ${patches.map(({ because }) => because).join("; ")}` }) : error({ ...report, address });
}

const most = 4;

function regionWords(regions: readonly Region[], ground: Ground): string {
  const byPorts = groupsOf(regions, ({ ports }) => portWords(ports));
  const words = [...byPorts].map(([ports, same]) => {
    const peers = same.map((region) => peerWords(region.peers, ground));
    return `${peers.slice(0, most).join(", ")}${peers.length > most ? ` and ${peers.length - most} more` : ""} on ${ports}`;
  });
  return `${words.slice(0, most).join("; ")}${words.length > most ? `; and ${words.length - most} more` : ""}`;
}
