import type { EndpointGrant, GpuGrant, PodsGrant, SecretGrant, VolumeGrant } from "../../engine/model/grants";
import { secondsOf, type Bytes, type Duration } from "../../engine/model/quantity";
import { isAdmin } from "./people";
import { offeredProfiles, type Where } from "./profiles";
import { serverLabels, serversOf, serverVolumes, spawnerProfile } from "./servers";
import { issuerOf, type SignInFiles } from "./sign-in";

/** What jupyterhub_config.py reads: where secrets are, and none of them. */
export interface HubSettings {
  /** As people's browsers see it. */
  readonly url: string;
  readonly hubUrl: string;
  readonly proxyUrl: string;
  /** `password` is the file that holds it. */
  readonly people: Readonly<Record<string, { readonly email: string; readonly admin: boolean; readonly password?: string }>>;
  /** `secret` is the file that holds it. */
  readonly oidc: { readonly issuer: string; readonly client: string; readonly secret: string } | null;
  readonly servers: number;
  readonly startsWithinSeconds: number;
  readonly labels: Readonly<Record<string, string>>;
  /** The name of a person's claim, as a template of KubeSpawner's. */
  readonly homes: string;
  readonly priorityClassName: string;
  readonly nodeSelector: PodsGrant["nodeSelector"];
  readonly tolerations: PodsGrant["tolerations"];
  readonly volumes: Readonly<Record<string, unknown>>;
  readonly mounts: Readonly<Record<string, unknown>>;
  readonly profiles: readonly Readonly<Record<string, unknown>>[];
  /** Arguments of jupyterhub-idle-culler. */
  readonly culling: readonly string[];
}

/** What the hub needs to know of its release. */
export interface HubRelease extends Where {
  readonly settings: Where["settings"] & {
    readonly signIn: "lab" | "password";
    readonly oidcClient: string;
    readonly servers?: number | undefined;
    readonly gpuServers: number;
    readonly scratchSpace: Bytes;
    readonly cullAfter: Duration;
    readonly maxAge?: Duration | undefined;
    readonly prePull: "everywhere" | "never";
  };
  readonly grants: {
    readonly exposes: { readonly web: EndpointGrant; readonly routes: EndpointGrant; readonly api: EndpointGrant };
    readonly stores: { readonly hub: VolumeGrant; readonly shared?: VolumeGrant };
    readonly secrets: { readonly cookieSecret: SecretGrant; readonly proxyToken: SecretGrant } & Readonly<Record<string, SecretGrant>>;
    readonly gpu: GpuGrant | undefined;
    readonly pods: PodsGrant;
  };
}

export function hubSettings(release: HubRelease, files: SignInFiles): HubSettings {
  const { name, settings, site, grants } = release;
  const { exposes, pods, gpu } = grants;
  const issuer = issuerOf(release);
  return {
    url: exposes.web.url,
    hubUrl: exposes.api.inCluster,
    proxyUrl: exposes.routes.inCluster,
    people: Object.fromEntries(
      site.lab.people.map((person) => {
        const password = files.passwords[person.name];
        return [person.name, { email: person.email, admin: isAdmin(person), ...(password ? { password } : {}) }];
      }),
    ),
    oidc: issuer !== undefined && files.oidcSecret !== undefined ? { issuer, client: settings.oidcClient, secret: files.oidcSecret } : null,
    servers: serversOf(release),
    // A first start may have to pull an image of several gigabytes.
    startsWithinSeconds: settings.prePull === "everywhere" ? 600 : 1800,
    labels: serverLabels(name),
    homes: `${name}-home-{username}`,
    ...pods,
    ...serverVolumes(grants.stores.shared),
    profiles: offeredProfiles(release).map((profile, index) => spawnerProfile(profile, index, release, { gpu, pods, scratch: settings.scratchSpace })),
    culling: [`--timeout=${secondsOf(settings.cullAfter)}`, ...(settings.maxAge ? [`--max-age=${secondsOf(settings.maxAge)}`] : [])],
  };
}
