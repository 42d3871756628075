import type { Cluster } from "../../engine/model/cluster";
import { carried } from "../../engine/model/flow";
import { hostNameOf } from "../../engine/model/host-name";
import type { Endpoint } from "../../engine/model/needs";
import type { Person } from "../../engine/model/person";
import type { World } from "../../engine/model/resolve";

interface Published {
  readonly address: string;
  readonly host: string;
  readonly enter: Endpoint["enter"];
}

/** How a cluster's tunnel is made, what it publishes and whom it lets in, as Markdown for `docs/runbooks/<cluster>-internet.md`. */
export function internetRunbook(world: World, cluster: Cluster, tokenKey: string): string {
  const published = world
    .releasesOn(cluster)
    .flatMap((release) => Object.values(release.needs.exposes ?? {}).filter((endpoint) => carried(cluster, endpoint)).map((endpoint): Published => ({ address: release.address, host: hostNameOf(release, endpoint), enter: endpoint.enter })));
  const tunnel = `${world.lab.name}-${cluster.name}`;
  return [reached(cluster, published, world.lab.people), made(tunnel, tokenKey, published, world), asked(published, world.lab.people)].map((section) => section.trim()).join("\n\n").concat("\n");
}

const entrants = ({ enter }: Published, people: readonly Person[]): readonly string[] => (enter === undefined || enter === "everyone" ? [] : people.filter(({ groups }) => groups.some((it) => enter.includes(it))).map(({ email }) => email));

const reached = ({ name }: Cluster, published: readonly Published[], people: readonly Person[]): string => `
# What the internet reaches on ${name}

| host name | release | who may enter |
|---|---|---|
${published.map((it) => `| ${it.host} | ${it.address} | ${it.enter === "everyone" ? "everyone" : entrants(it, people).join(", ")} |`).join("\n")}

Nothing else is published, whatever name is asked for. No port of the house is open: the cluster opens the tunnel outwards.
`;

const made = (tunnel: string, tokenKey: string, published: readonly Published[], { lab }: World): string => `
## Making the tunnel, once

\`\`\`sh
cloudflared tunnel login
cloudflared tunnel create ${tunnel}
cloudflared tunnel token ${tunnel} | tr -d '\\n'    # into the vault, as ${tokenKey}
${published.map(({ host }) => `cloudflared tunnel route dns ${tunnel} ${host}`).join("\n")}
\`\`\`

Made so, the tunnel takes its rules from git; one that is made in Cloudflare's pages takes them from there, and ignores these.
Inside the house the names lead to the ingress, as the lab's own DNS says. Cloudflare's free certificate covers
\`*.${lab.domain}\` and no level more: names below it need an advanced certificate for \`*.<cluster>.${lab.domain}\`.

To take the tunnel away from whoever has the token: \`cloudflared tunnel delete -f ${tunnel}\`, and make it again.
`;

function asked(published: readonly Published[], people: readonly Person[]): string {
  const guarded = published.filter(({ enter }) => enter !== "everyone");
  if (guarded.length === 0) return "";
  return `
## Who is asked

Each host name below has a self-hosted application in Cloudflare Access with one policy that allows these addresses and no others.
Its audience tag stands in the cluster's \`provides.internet\`; each call is checked against it on this end of the tunnel too, so that
nobody gets in where the application is missing.

${guarded.map((it) => `- ${it.host}: ${entrants(it, people).join(", ")}`).join("\n")}
`;
}
