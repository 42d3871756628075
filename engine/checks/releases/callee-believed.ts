import { believedBy, clusterServing } from "../../model/authority";
import { error, type Finding } from "../../model/finding";
import { hostNameOf } from "../../model/host-name";
import type { Release } from "../../model/release";
import { onEachRelease, type World } from "../../model/resolve";

/** Who calls another cluster does so over TLS, and must be able to believe what answers: an unknown signer ends each call. */
export const calleeBelieved = (world: World): readonly Finding[] => [...issuerUnbelieved(world), ...calleesUnbelieved(world)];

/** Everybody whom an issuer signs in asks it; one on a cluster that is its own authority is believed by none of them. */
function issuerUnbelieved({ lab }: World): readonly Finding[] {
  const cluster = lab.oidc && URL.canParse(lab.oidc.issuer) ? clusterServing(new URL(lab.oidc.issuer).hostname, lab) : undefined;
  if (!cluster || believedBy(cluster, lab) !== "nobody") return [];
  return [
    error({
      rule: "callee-believed",
      address: "lab",
      found: `oidc.issuer = "${lab.oidc?.issuer ?? ""}", whose certificate only ${cluster.name} itself can verify`,
      expected: "a signer that whoever signs people in knows",
      fix: `Give the lab an \`authority\` (docs/certificates.md), or use issuedBy("acme") on ${cluster.name}`,
    }),
  ];
}

const calleesUnbelieved = (world: World): readonly Finding[] => onEachRelease(world, (release) => Object.entries(release.callees).flatMap(([name, callee]) => (callee.kind === "release" ? unbelieved(release, name, callee, world) : [])));

function unbelieved(release: Release, name: string, callee: { readonly address: string; readonly endpoint: string }, world: World): readonly Finding[] {
  const other = world.release(callee.address);
  const endpoint = other?.needs.exposes?.[callee.endpoint];
  if (!other || !endpoint || other.cluster === release.cluster) return [];
  const believed = believedBy(other.cluster, world.lab);
  if (believed === "everybody") return [];
  const calls = `talksTo.${name} calls https://${hostNameOf(other, endpoint)}`;
  if (believed === "nobody")
    return [finding(release, `${calls}, whose certificate only ${other.cluster.name} itself can verify`, "a signer that both clusters know", `Give the lab an \`authority\` (docs/certificates.md), or use issuedBy("acme") on ${other.cluster.name}`)];
  const peer = release.needs.talksTo?.[name];
  if (peer?.kind === "protocol" && peer.takesAuthority) return [];
  return [finding(release, `${calls}, and ${release.app.name} cannot be told to believe the lab's authority`, "an app that can, or a certificate that everybody believes", `Use issuedBy("acme") on ${other.cluster.name}, whose certificates everybody believes`)];
}

const finding = (release: Release, found: string, expected: string, fix: string): Finding => error({ rule: "callee-believed", address: release.address, found, expected, fix });
