import { fieldOf } from "../../model/manifest";
import type { ContainerSpec, PodSpec } from "../../model/pod-template";
import type { Pod } from "./pods";
import { arrayOf, isSet, violation, type Violation } from "./violations";

/**
 * What a pod breaks of the `restricted` Pod Security Standard at Kubernetes 1.36, as the admission controller would find it:
 * staging/src/k8s.io/pod-security-admission/policy in kubernetes/kubernetes.
 */
export function standardViolations({ template, containers }: Pod): readonly Violation[] {
  const { spec, metadata } = template;
  return [
    ...violation(spec.hostNetwork === true, "host-network", "hostNetwork", "Give the pod a network of its own"),
    ...violation(spec.hostPID === true || spec.hostIPC === true, "host-pid", "hostPID or hostIPC", "Give the pod namespaces of its own"),
    ...(spec.volumes ?? []).flatMap(volume),
    ...arrayOf(fieldOf(spec.securityContext, "sysctls")).flatMap(sysctl),
    ...profiles("the pod", spec.securityContext, metadata?.annotations),
    ...containers.flatMap((container) => ofContainer(container, spec)),
  ];
}

/** Restricted, "Volume Types". */
const volumeTypes = new Set(["configMap", "csi", "downwardAPI", "emptyDir", "ephemeral", "persistentVolumeClaim", "projected", "secret"]);

function volume(volume: Readonly<Record<string, unknown>>): readonly Violation[] {
  const type = Object.keys(volume).find((key) => key !== "name") ?? "emptyDir";
  const found = `volume ${String(volume["name"])} is ${type}`;
  if (type === "hostPath") return violation(true, "host-path", found, "Keep its data in a claim");
  return violation(!volumeTypes.has(type), "volume-types", found, "Mount it through a claim");
}

/** Baseline, "Sysctls": the list of 1.32 and later. */
const safeSysctls = new Set([
  "kernel.shm_rmid_forced",
  "net.ipv4.ip_local_port_range",
  "net.ipv4.ip_local_reserved_ports",
  "net.ipv4.ip_unprivileged_port_start",
  "net.ipv4.ping_group_range",
  "net.ipv4.tcp_fin_timeout",
  "net.ipv4.tcp_keepalive_intvl",
  "net.ipv4.tcp_keepalive_probes",
  "net.ipv4.tcp_keepalive_time",
  "net.ipv4.tcp_rmem",
  "net.ipv4.tcp_syncookies",
  "net.ipv4.tcp_wmem",
]);

function sysctl(it: unknown): readonly Violation[] {
  const name = String(fieldOf(it, "name"));
  return violation(!safeSysctls.has(name), "unsafe-sysctls", `sysctl ${name}`, "Leave it at the node's value");
}

const selinuxTypes: readonly unknown[] = [undefined, "", "container_t", "container_init_t", "container_kvm_t", "container_engine_t"];
const apparmorAnnotation = "container.apparmor.security.beta.kubernetes.io/";

/** What a pod and each of its containers say in the same words: SELinux and AppArmor. */
function profiles(where: string, context: unknown, annotations: Readonly<Record<string, string>> = {}): readonly Violation[] {
  const selinux = fieldOf(context, "seLinuxOptions");
  const custom = !selinuxTypes.includes(fieldOf(selinux, "type")) || isSet(selinux, "user") || isSet(selinux, "role");
  const annotated = Object.entries(annotations).some(([key, value]) => key.startsWith(apparmorAnnotation) && value === "unconfined");
  const unconfined = annotated || fieldOf(context, "appArmorProfile", "type") === "Unconfined";
  return [
    ...violation(custom, "selinux-options", `${where} has SELinux options of its own`, "Leave seLinuxOptions out"),
    ...violation(unconfined, "unconfined-apparmor", `${where} runs without AppArmor`, "Leave the profile at RuntimeDefault"),
  ];
}

function ofContainer(container: ContainerSpec, spec: PodSpec): readonly Violation[] {
  const { securityContext: own } = container;
  const where = `container ${container.name}`;
  const privileged = fieldOf(own, "privileged") === true;
  const procMount = fieldOf(own, "procMount") ?? "Default";
  const escalates = fieldOf(own, "allowPrivilegeEscalation") !== false;
  return [
    ...violation(privileged, "privileged", `${where} is privileged`, "Name the capabilities that it needs"),
    ...violation(procMount !== "Default", "unmasked-proc", `${where} has procMount ${String(procMount)}`, "Leave it at Default"),
    ...violation(escalates, "privilege-escalation", `${where} may gain privileges`, "Set allowPrivilegeEscalation: false", privileged),
    ...capabilities(where, own, privileged),
    ...root(where, own, spec),
    ...seccomp(where, own, spec.securityContext),
    ...profiles(where, own),
    ...ports(where, container, spec.hostNetwork === true),
    ...probeHosts(where, container, spec.hostNetwork === true),
  ];
}

/** Baseline's list; restricted allows only the first to be added, and wants all others dropped. */
const lesserCapabilities = new Set([
  "NET_BIND_SERVICE",
  ...["AUDIT_WRITE", "CHOWN", "DAC_OVERRIDE", "FOWNER", "FSETID", "KILL", "MKNOD", "SETFCAP", "SETGID", "SETPCAP", "SETUID", "SYS_CHROOT"],
]);

function capabilities(where: string, context: unknown, implied: boolean): readonly Violation[] {
  const added = arrayOf(fieldOf(context, "capabilities", "add"))
    .map(String)
    .filter((name) => name !== "NET_BIND_SERVICE");
  const dangerous = added.filter((name) => !lesserCapabilities.has(name));
  const lesser = added.filter((name) => lesserCapabilities.has(name));
  const keeps = !arrayOf(fieldOf(context, "capabilities", "drop")).includes("ALL");
  return [
    ...violation(dangerous.length > 0, "dangerous-capabilities", `${where} adds ${dangerous.join(", ")}`, "Do without them", implied),
    ...violation(lesser.length > 0, "added-capabilities", `${where} adds ${lesser.join(", ")}`, "Do without them", implied),
    ...violation(keeps, "added-capabilities", `${where} keeps the runtime's capabilities`, "Set capabilities.drop: [ALL]", implied),
  ];
}

/** A user namespace makes root nobody on the node: since 1.35 the standard accepts it as it is. */
function root(where: string, context: unknown, spec: PodSpec): readonly Violation[] {
  if (fieldOf(spec, "hostUsers") === false) return [];
  const nonRoot = fieldOf(context, "runAsNonRoot") ?? fieldOf(spec.securityContext, "runAsNonRoot");
  const isRoot = [context, spec.securityContext].some((it) => fieldOf(it, "runAsUser") === 0);
  return violation(nonRoot !== true || isRoot, "root", `${where} may run as root`, "Set runAsNonRoot: true and a user above 0");
}

function seccomp(where: string, context: unknown, podContext: unknown): readonly Violation[] {
  const type = fieldOf(context, "seccompProfile", "type") ?? fieldOf(podContext, "seccompProfile", "type") ?? "unset";
  const confined = type === "RuntimeDefault" || type === "Localhost";
  return violation(!confined, "unconfined-seccomp", `${where} has seccomp profile ${String(type)}`, "Set seccompProfile.type: RuntimeDefault");
}

/** On the node's network every port is the node's: that follows from `host-network`. */
const ports = (where: string, container: ContainerSpec, implied: boolean): readonly Violation[] =>
  (container.ports ?? []).flatMap((port) =>
    violation(isSet(port, "hostPort"), "host-port", `${where} takes port ${port.hostPort} of its node`, "Expose it through a Service", implied),
  );

/**
 * Since 1.34, baseline: a probe with a host makes the kubelet call somebody else. On the node's network that is the node's
 * own loopback, which follows from `host-network`.
 */
function probeHosts(where: string, container: ContainerSpec, implied: boolean): readonly Violation[] {
  const hooks = [fieldOf(container, "lifecycle", "postStart"), fieldOf(container, "lifecycle", "preStop")];
  const calls = [container.startupProbe, container.readinessProbe, container.livenessProbe, ...hooks];
  const hosts = calls.flatMap((call) => [fieldOf(call, "httpGet", "host"), fieldOf(call, "tcpSocket", "host")]).filter((host) => isSet(host));
  return [...new Set(hosts)].flatMap((host) =>
    violation(true, "probe-host", `${where} is probed at ${String(host)}`, "Leave the host out: the pod's own address is meant", implied),
  );
}
