import { fieldOf } from "../../model/manifest";
import type { ContainerSpec } from "../../model/pod-template";
import type { Pod } from "./pods";
import { arrayOf, isSet, type Violation } from "./violation";

/**
 * What a pod breaks of the `restricted` Pod Security Standard at Kubernetes 1.36, as the admission controller would find it:
 * staging/src/k8s.io/pod-security-admission/policy in kubernetes/kubernetes.
 */
export function standardViolations({ template, containers }: Pod): readonly Violation[] {
  const { spec } = template;
  const host: readonly (readonly [boolean, Violation])[] = [
    [spec.hostNetwork === true, { control: "host-network", found: "hostNetwork", fix: "Give the pod a network of its own" }],
    [spec.hostPID === true || spec.hostIPC === true, { control: "host-pid", found: "hostPID or hostIPC", fix: "Give the pod namespaces of its own" }],
  ];
  return [
    ...host.flatMap(([broken, violation]) => (broken ? [violation] : [])),
    ...(spec.volumes ?? []).flatMap(volume),
    ...sysctls(spec.securityContext),
    ...(containers.length ? profiles("the pod", spec.securityContext, template.metadata?.annotations) : []),
    ...containers.flatMap((container) => ofContainer(container, spec, spec.hostNetwork === true)),
  ];
}

/** Restricted, "Volume Types". */
const volumeTypes = new Set(["configMap", "csi", "downwardAPI", "emptyDir", "ephemeral", "persistentVolumeClaim", "projected", "secret"]);

function volume(volume: Readonly<Record<string, unknown>>): readonly Violation[] {
  const type = Object.keys(volume).find((key) => key !== "name");
  if (type === undefined || volumeTypes.has(type)) return [];
  const found = `volume ${String(volume["name"])} is ${type}`;
  return [type === "hostPath" ? { control: "host-path", found, fix: "Keep its data in a claim" } : { control: "volume-types", found, fix: "Mount it through a claim" }];
}

/** Baseline, "Sysctls": the list of 1.32 and later. */
const safeSysctls = new Set([
  "kernel.shm_rmid_forced",
  ...["ip_local_port_range", "ip_unprivileged_port_start", "tcp_syncookies", "ping_group_range", "ip_local_reserved_ports", "tcp_keepalive_time", "tcp_fin_timeout", "tcp_keepalive_intvl", "tcp_keepalive_probes", "tcp_rmem", "tcp_wmem"].map((name) => `net.ipv4.${name}`),
]);

const sysctls = (context: unknown): readonly Violation[] =>
  arrayOf(fieldOf(context, "sysctls"))
    .map((sysctl) => String(fieldOf(sysctl, "name")))
    .filter((name) => !safeSysctls.has(name))
    .map((name) => ({ control: "unsafe-sysctls", found: `sysctl ${name}`, fix: "Leave it at the node's value" }));

const selinuxTypes: readonly unknown[] = [undefined, "", "container_t", "container_init_t", "container_kvm_t", "container_engine_t"];

/** What a pod and each of its containers say in the same words: SELinux and AppArmor. */
function profiles(where: string, context: unknown, annotations: Readonly<Record<string, string>> = {}): readonly Violation[] {
  const selinux = fieldOf(context, "seLinuxOptions");
  const unconfined = Object.entries(annotations).some(([key, value]) => key.startsWith("container.apparmor.security.beta.kubernetes.io/") && value === "unconfined");
  return [
    ...(!selinuxTypes.includes(fieldOf(selinux, "type")) || isSet(selinux, "user") || isSet(selinux, "role") ? [{ control: "selinux-options", found: `${where}: seLinuxOptions`, fix: "Leave them out" } as const] : []),
    ...(fieldOf(context, "appArmorProfile", "type") === "Unconfined" || unconfined ? [{ control: "unconfined-apparmor", found: `${where}: AppArmor is off`, fix: "Leave the profile at RuntimeDefault" } as const] : []),
  ];
}

function ofContainer(container: ContainerSpec, spec: Pod["template"]["spec"], hostNetwork: boolean): readonly Violation[] {
  const { securityContext: own } = container;
  const where = `container ${container.name}`;
  const privileged = fieldOf(own, "privileged") === true;
  const procMount = fieldOf(own, "procMount");
  return [
    ...(privileged ? [{ control: "privileged", found: `${where} is privileged`, fix: "Name the capabilities that it needs" } as const] : []),
    ...(procMount !== undefined && procMount !== "Default" ? [{ control: "unmasked-proc", found: `${where}: procMount ${String(procMount)}`, fix: "Leave it at Default" } as const] : []),
    ...(fieldOf(own, "allowPrivilegeEscalation") === false ? [] : [{ control: "privilege-escalation", found: `${where} may gain privileges`, fix: "Set allowPrivilegeEscalation: false", implied: privileged } as const]),
    ...capabilities(where, own, privileged),
    ...root(where, own, spec),
    ...seccomp(where, own, spec.securityContext),
    ...profiles(where, own),
    ...ports(where, container, hostNetwork),
    ...probeHosts(where, container, hostNetwork),
  ];
}

/** Baseline's list; restricted allows only the first to be added, and wants all others dropped. */
const lesserCapabilities = new Set(["NET_BIND_SERVICE", "AUDIT_WRITE", "CHOWN", "DAC_OVERRIDE", "FOWNER", "FSETID", "KILL", "MKNOD", "SETFCAP", "SETGID", "SETPCAP", "SETUID", "SYS_CHROOT"]);

function capabilities(where: string, context: unknown, implied: boolean): readonly Violation[] {
  const added = arrayOf(fieldOf(context, "capabilities", "add")).map(String).filter((name) => name !== "NET_BIND_SERVICE");
  const dangerous = added.filter((name) => !lesserCapabilities.has(name));
  const lesser = added.filter((name) => lesserCapabilities.has(name));
  return [
    ...(dangerous.length ? [{ control: "dangerous-capabilities", found: `${where} adds ${dangerous.join(", ")}`, fix: "Do without them", implied } as const] : []),
    ...(lesser.length ? [{ control: "added-capabilities", found: `${where} adds ${lesser.join(", ")}`, fix: "Do without them", implied } as const] : []),
    ...(arrayOf(fieldOf(context, "capabilities", "drop")).includes("ALL") ? [] : [{ control: "added-capabilities", found: `${where} keeps the runtime's capabilities`, fix: "Set capabilities.drop: [ALL]", implied } as const]),
  ];
}

/** A user namespace makes root nobody on the node: since 1.35 the standard accepts it as it is. */
function root(where: string, context: unknown, spec: Pod["template"]["spec"]): readonly Violation[] {
  if (fieldOf(spec, "hostUsers") === false) return [];
  const nonRoot = fieldOf(context, "runAsNonRoot") ?? fieldOf(spec.securityContext, "runAsNonRoot");
  const isRoot = [context, spec.securityContext].some((it) => fieldOf(it, "runAsUser") === 0);
  return nonRoot === true && !isRoot ? [] : [{ control: "root", found: `${where} may run as root`, fix: "Set runAsNonRoot: true and a user above 0" }];
}

function seccomp(where: string, context: unknown, podContext: unknown): readonly Violation[] {
  const type = fieldOf(context, "seccompProfile", "type") ?? fieldOf(podContext, "seccompProfile", "type");
  return type === "RuntimeDefault" || type === "Localhost" ? [] : [{ control: "unconfined-seccomp", found: `${where} has seccomp profile ${String(type ?? "unset")}`, fix: "Set seccompProfile.type: RuntimeDefault" }];
}

/** On the node's network every port is the node's: that follows from `host-network`. */
const ports = (where: string, container: ContainerSpec, implied: boolean): readonly Violation[] =>
  (container.ports ?? []).filter((port) => isSet(port, "hostPort")).map((port) => ({ control: "host-port", found: `${where} takes port ${port.hostPort} of its node`, fix: "Expose it through a Service", implied }));

/** Since 1.34, baseline: a probe with a host makes the kubelet call somebody else. On the node's network that is the node's loopback. */
function probeHosts(where: string, container: ContainerSpec, implied: boolean): readonly Violation[] {
  const lifecycle = fieldOf(container, "lifecycle");
  const calls = [container.startupProbe, container.readinessProbe, container.livenessProbe, fieldOf(lifecycle, "postStart"), fieldOf(lifecycle, "preStop")];
  const hosts = new Set(calls.flatMap((call) => [fieldOf(call, "httpGet", "host"), fieldOf(call, "tcpSocket", "host")]).filter((host) => isSet(host)));
  return [...hosts].map((host) => ({ control: "probe-host", found: `${where} is probed at ${String(host)}`, fix: "Leave the host out: the pod's own address is meant", implied }));
}
