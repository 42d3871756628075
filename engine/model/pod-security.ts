/** The Pod Security Standards, strictest first. https://kubernetes.io/docs/concepts/security/pod-security-standards/ */
export type PodSecurityLevel = "restricted" | "baseline" | "privileged";

/**
 * An exemption stands on the pod it is for, as an annotation with its reason: a reviewer reads it in the YAML, and a check
 * compares it with what the pod really does. `exempt.hearth.dev/<control>: because`.
 */
export const exemptionPrefix = "exempt.hearth.dev/";

/** What a pod may break, and the level that still allows it. */
export const controls = {
  "host-network": "privileged",
  "host-pid": "privileged",
  "host-path": "privileged",
  "host-port": "privileged",
  privileged: "privileged",
  "dangerous-capabilities": "privileged",
  "unmasked-proc": "privileged",
  "unconfined-seccomp": "privileged",
  "unconfined-apparmor": "privileged",
  "selinux-options": "privileged",
  "unsafe-sysctls": "privileged",
  "probe-host": "privileged",
  "added-capabilities": "baseline",
  "privilege-escalation": "baseline",
  root: "baseline",
  "volume-types": "baseline",
} as const satisfies Readonly<Record<string, PodSecurityLevel>>;

export type PodSecurityControl = keyof typeof controls;

/** Safe defaults of ours that the standards do not ask for; they are exempted in the same way. */
export const hardeningControls = ["writable-root", "no-limits", "no-probes", "service-account-token", "single-replica-update", "config-reload", "governing-service"] as const;

/**
 * - `no-probes`: a container without the three probes, or with readiness and liveness asking the same in the same way.
 * - `service-account-token`: a token in a pod whose release does not say that it calls the Kubernetes API.
 * - `single-replica-update`: an update that starts the new pod while the old one holds a volume or device that admits one.
 * - `config-reload`: a mounted ConfigMap whose change rolls nothing, because the process reads it again by itself.
 * - `governing-service`: a StatefulSet whose Service nobody makes, because nothing calls one of its pods by name.
 */
export type HardeningControl = (typeof hardeningControls)[number];

const order: readonly PodSecurityLevel[] = ["restricted", "baseline", "privileged"];

export const laxest = (levels: readonly PodSecurityLevel[]): PodSecurityLevel =>
  order[Math.max(0, ...levels.map((level) => order.indexOf(level)))] ?? "restricted";
