import { fieldOf, type Manifest } from "../../model/manifest";
import type { ContainerSpec } from "../../model/pod-template";
import { isLongRunning, type Pod } from "./pods";
import { isSet, type Violation } from "./violation";

/** Objects of the pod's release that decide whether it is safe. */
export interface Surroundings {
  /** Claims that one pod at a time may mount, and ConfigMaps whose content the release writes. */
  readonly exclusiveClaims: ReadonlySet<string>;
  readonly configMaps: ReadonlySet<string>;
}

/** What the pods of a release stand among. */
export function surroundingsOf(manifests: readonly Manifest[]): Surroundings {
  const modes = (manifest: Manifest): unknown => fieldOf(manifest, "spec", "accessModes");
  const isExclusive = (manifest: Manifest): boolean => !(Array.isArray(modes(manifest)) && (modes(manifest) as unknown[]).includes("ReadWriteMany"));
  const named = (kind: string): readonly Manifest[] => manifests.filter((manifest) => manifest.kind === kind);
  return {
    exclusiveClaims: new Set(named("PersistentVolumeClaim").filter(isExclusive).map(({ metadata }) => metadata.name)),
    configMaps: new Set(named("ConfigMap").map(({ metadata }) => metadata.name)),
  };
}

/** What a pod breaks of the safe defaults that the standards do not ask for. */
export const hardeningViolations = (pod: Pod, around: Surroundings): readonly Violation[] => [
  ...pod.containers.flatMap((container) => [...writableRoot(container), ...limits(container)]),
  ...(isLongRunning(pod) ? pod.template.spec.containers.flatMap(probes) : []),
  ...token(pod),
  ...update(pod, around),
  ...reload(pod, around),
];

const writableRoot = ({ name, securityContext }: ContainerSpec): readonly Violation[] =>
  fieldOf(securityContext, "readOnlyRootFilesystem") === true ? [] : [{ control: "writable-root", found: `container ${name} may write to its root file system`, fix: "Set readOnlyRootFilesystem: true, and mount scratch space where it writes" }];

/** CPU is requested but never limited: a limit only slows what has room. */
function limits({ name, resources }: ContainerSpec): readonly Violation[] {
  const wanted = { "a CPU request": isSet(resources, "requests", "cpu"), "a memory request": isSet(resources, "requests", "memory"), "a memory limit": isSet(resources, "limits", "memory") };
  const missing = Object.entries(wanted).filter(([, given]) => !given).map(([what]) => what);
  return missing.length ? [{ control: "no-limits", found: `container ${name} has not ${missing.join(", nor ")}`, fix: "Say what it takes" }] : [];
}

function probes({ name, startupProbe, readinessProbe, livenessProbe }: ContainerSpec): readonly Violation[] {
  const missing = Object.entries({ startup: startupProbe, readiness: readinessProbe, liveness: livenessProbe }).filter(([, probe]) => probe === undefined).map(([kind]) => kind);
  if (missing.length) return [{ control: "no-probes", found: `container ${name} has no ${missing.join(", ")} probe`, fix: "Say how one sees that it started, is ready, and is alive" }];
  // A pod that is too busy to answer is taken out of service and killed at the same moment.
  if (JSON.stringify(readinessProbe) === JSON.stringify(livenessProbe)) return [{ control: "no-probes", found: `container ${name} is alive only while it is ready: both probes are the same`, fix: "Let liveness be asked less often, or for less" }];
  return [];
}

/** A token is for those who call the API, and who calls says so: only then a policy lets them. */
function token({ release, template, labels }: Pod): readonly Violation[] {
  const callers = Object.values(release.needs.talksTo ?? {}).filter((peer) => peer.kind === "kubernetes-api").map((peer) => peer.from);
  const calls = callers.some((from) => from === undefined || from === labels["app.kubernetes.io/component"]);
  return template.spec.automountServiceAccountToken === false || calls ? [] : [{ control: "service-account-token", found: "it gets a token, and the release does not say that it calls the Kubernetes API", fix: "Add kubernetesApi() to talksTo, or set automountServiceAccountToken: false" }];
}

/** Two pods that want one volume or device wait for each other (airunway#400). */
function update({ manifest, template, containers }: Pod, { exclusiveClaims }: Surroundings): readonly Violation[] {
  if (manifest.kind !== "Deployment") return [];
  const claims = (template.spec.volumes ?? []).map((volume) => fieldOf(volume, "persistentVolumeClaim", "claimName")).filter((name) => typeof name === "string" && exclusiveClaims.has(name));
  const devices = containers.flatMap(({ resources }) => Object.keys(resources?.limits ?? {})).filter((resource) => resource.includes("/"));
  const held = [...new Set([...claims, ...devices])].join(", ");
  const replicas = fieldOf(manifest, "spec", "replicas");
  if (claims.length && typeof replicas === "number" && replicas > 1) return [{ control: "single-replica-update", found: `${replicas} replicas share ${held}, which one pod at a time may mount`, fix: "Run one replica, or keep the data in shared storage" }];
  if (held === "" || fieldOf(manifest, "spec", "strategy", "type") === "Recreate") return [];
  return [{ control: "single-replica-update", found: `an update starts the new pod while the old one holds ${held}`, fix: "Set strategy.type: Recreate" }];
}

/** Pods roll when their configuration changes: its checksum stands on them. */
function reload(pod: Pod, { configMaps }: Surroundings): readonly Violation[] {
  if (!isLongRunning(pod)) return [];
  const annotations = pod.template.metadata?.annotations ?? {};
  const stale = [...configMapsOf(pod)].filter((name) => configMaps.has(name) && annotations[`checksum/${name}`] === undefined);
  return stale.length ? [{ control: "config-reload", found: `a change of ConfigMap ${stale.join(", ")} rolls nothing`, fix: "Mount it with configFiles(), which writes its checksum on the pod" }] : [];
}

function configMapsOf({ template, containers }: Pod): ReadonlySet<string> {
  const volumes = template.spec.volumes ?? [];
  const sources = volumes.flatMap((volume) => (Array.isArray(fieldOf(volume, "projected", "sources")) ? (fieldOf(volume, "projected", "sources") as unknown[]) : []));
  const names = [
    ...[...volumes, ...sources].map((it) => fieldOf(it, "configMap", "name")),
    ...containers.flatMap(({ env = [], envFrom = [] }) => [...env.map((it) => fieldOf(it.valueFrom, "configMapKeyRef", "name")), ...envFrom.map((it) => fieldOf(it, "configMapRef", "name"))]),
  ];
  return new Set(names.filter((name) => typeof name === "string"));
}
