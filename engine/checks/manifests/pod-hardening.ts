import type { Built } from "../../model/built";
import { fieldOf, type Manifest } from "../../model/manifest";
import type { ContainerSpec } from "../../model/pod-template";
import { isLongRunning, type Pod } from "./pods";
import { referencesOf } from "./references";
import { arrayOf, isSet, violation, type Violation } from "./violations";

/** Objects of the pod's release that decide whether it is safe. */
export interface Surroundings {
  /** Claims that one pod at a time may mount. */
  readonly exclusiveClaims: ReadonlySet<string>;
  /** ConfigMaps whose content the release writes. */
  readonly configMaps: ReadonlySet<string>;
  /** Services that the release writes, or that its controllers make: `app/web`, with the namespace. */
  readonly services: ReadonlySet<string>;
}

/** What the pods of a release stand among. */
export function surroundingsOf({ release, manifests }: Built): Surroundings {
  const isExclusive = (claim: Manifest): boolean => !arrayOf(fieldOf(claim, "spec", "accessModes")).includes("ReadWriteMany");
  const claims = manifests.filter((manifest) => manifest.kind === "PersistentVolumeClaim" && isExclusive(manifest));
  const configMaps = manifests.filter((manifest) => manifest.kind === "ConfigMap");
  const services = manifests.filter((manifest) => manifest.kind === "Service").map(({ metadata }) => `${metadata.namespace ?? release.namespace}/${metadata.name}`);
  const made = release.makes.flatMap(({ namespace = release.namespace, objects = [] }) => objects.flatMap((object) => (object.startsWith("Service/") ? [`${namespace}${object.slice("Service".length)}`] : [])));
  return { exclusiveClaims: new Set(claims.map(nameOf)), configMaps: new Set(configMaps.map(nameOf)), services: new Set([...services, ...made]) };
}

const nameOf = ({ metadata }: Manifest): string => metadata.name;

/** What a pod breaks of the safe defaults that the standards do not ask for. */
export const hardeningViolations = (pod: Pod, around: Surroundings): readonly Violation[] => [
  ...pod.containers.flatMap((container) => [...writableRoot(container), ...limits(container)]),
  ...(isLongRunning(pod) ? pod.template.spec.containers.flatMap(probes) : []),
  ...token(pod),
  ...update(pod, around),
  ...reload(pod, around),
  ...governing(pod, around),
];

const writableRoot = ({ name, securityContext }: ContainerSpec): readonly Violation[] =>
  violation(
    fieldOf(securityContext, "readOnlyRootFilesystem") !== true,
    "writable-root",
    `container ${name} may write to its root file system`,
    "Set readOnlyRootFilesystem: true, and mount scratch space where it writes",
  );

/** CPU is requested but never limited: a limit only slows what has room. */
function limits({ name, resources }: ContainerSpec): readonly Violation[] {
  const missing = [
    ...(isSet(resources, "requests", "cpu") ? [] : ["CPU request"]),
    ...(isSet(resources, "requests", "memory") ? [] : ["memory request"]),
    ...(isSet(resources, "limits", "memory") ? [] : ["memory limit"]),
  ];
  return violation(missing.length > 0, "no-limits", `container ${name} has no ${missing.join(", no ")}`, "Say what it takes");
}

function probes({ name, startupProbe, readinessProbe, livenessProbe }: ContainerSpec): readonly Violation[] {
  const kinds = Object.entries({ startup: startupProbe, readiness: readinessProbe, liveness: livenessProbe });
  const missing = kinds.filter(([, probe]) => probe === undefined).map(([kind]) => kind);
  const absent = `container ${name} has no ${missing.join(", ")} probe`;
  if (missing.length) return violation(true, "no-probes", absent, "Say how one sees that it started, is ready, and is alive");
  // A pod that is too busy to answer would be taken out of service and killed at the same moment.
  const same = JSON.stringify(readinessProbe) === JSON.stringify(livenessProbe);
  const found = `container ${name} is alive only while it is ready: both probes are the same`;
  return violation(same, "no-probes", found, "Let liveness be asked less often, or for less");
}

/** A token is for those who call the API, and who calls says so: only then a policy lets them. */
function token({ release, template, labels }: Pod): readonly Violation[] {
  const callers = Object.values(release.needs.talksTo ?? {}).filter((peer) => peer.kind === "kubernetes-api");
  const calls = callers.some(({ from }) => from === undefined || from === labels["app.kubernetes.io/component"]);
  return violation(
    template.spec.automountServiceAccountToken !== false && !calls,
    "service-account-token",
    "it gets a token, and the release does not say that it calls the Kubernetes API",
    "Add kubernetesApi() to talksTo, or set automountServiceAccountToken: false",
  );
}

/** Two pods that want one volume or device wait for each other (airunway#400). */
function update(pod: Pod, { exclusiveClaims }: Surroundings): readonly Violation[] {
  if (pod.manifest.kind !== "Deployment") return [];
  const claims = namesOf(pod, "PersistentVolumeClaim").filter((name) => exclusiveClaims.has(name));
  const devices = pod.containers.flatMap(({ resources }) => Object.keys(resources?.limits ?? {})).filter((resource) => resource.includes("/"));
  const replicas = Number(fieldOf(pod.manifest, "spec", "replicas") ?? 1);
  const shared = `${replicas} replicas share ${claims.join(", ")}, which one pod at a time may mount`;
  if (claims.length && replicas > 1) return violation(true, "single-replica-update", shared, "Run one replica, or keep the data in shared storage");
  const held = [...new Set([...claims, ...devices])].join(", ");
  const overlaps = held !== "" && fieldOf(pod.manifest, "spec", "strategy", "type") !== "Recreate";
  return violation(overlaps, "single-replica-update", `an update starts the new pod while the old one holds ${held}`, "Set strategy.type: Recreate");
}

/** Pods roll when their configuration changes: its checksum stands on them. */
function reload(pod: Pod, { configMaps }: Surroundings): readonly Violation[] {
  const annotations = pod.template.metadata?.annotations ?? {};
  const stale = namesOf(pod, "ConfigMap").filter((name) => configMaps.has(name) && annotations[`checksum/${name}`] === undefined);
  return violation(
    isLongRunning(pod) && stale.length > 0,
    "config-reload",
    `a change of ConfigMap ${stale.join(", ")} rolls nothing`,
    "Mount it with configFiles(), which writes its checksum on the pod",
  );
}

/**
 * Its Service gives each pod of a StatefulSet a name in DNS, and whoever writes the one has to write the other:
 * https://kubernetes.io/docs/concepts/workloads/controllers/statefulset/#limitations
 */
function governing({ manifest, namespace }: Pod, { services }: Surroundings): readonly Violation[] {
  const name = manifest.kind === "StatefulSet" ? fieldOf(manifest, "spec", "serviceName") : undefined;
  return violation(
    typeof name === "string" && name !== "" && !services.has(`${namespace}/${name}`),
    "governing-service",
    `no pod has a name in DNS: serviceName is "${String(name)}", and nothing makes that Service`,
    `Name one that is there${services.size ? ` (${[...services].join(", ")})` : ""}, or write this one, without a cluster IP`,
  );
}

const namesOf = (pod: Pod, kind: "ConfigMap" | "PersistentVolumeClaim"): readonly string[] => [
  ...new Set(referencesOf(pod).flatMap(([referred, name]) => (referred === kind ? [name] : []))),
];
