import { reference, type Image } from "../../engine/model/image";
import type { TomlTable } from "./toml";

/** How jobs build images. */
export type Builds = "buildkit-rootless" | "docker-in-docker";

/** What a way of building asks of its job pods. */
export interface BuildKind {
  /** What the pods break of the `restricted` Pod Security Standard, each with its reason. */
  readonly exempt: Readonly<Record<string, string>>;
  /** Variables that every job gets. */
  readonly environment: readonly string[];
  /** The runner's settings for the pods, beside those that all kinds share. */
  readonly pods: TomlTable;
  /** Scratch volumes of every container of a pod, beside that of the build. */
  readonly volumes: readonly TomlTable[];
  /** Whether a service stands beside every job, which takes resources of its own. */
  readonly daemon: boolean;
}

/** The user that moby/buildkit's rootless images are made for: https://github.com/moby/buildkit/blob/v0.32.2/docs/rootless.md */
const rootlessUser = 1000;

/**
 * A job whose image is moby/buildkit runs `buildctl-daemonless.sh build …`; any other runs as the same plain user, and
 * cannot become root. Ubuntu's nodes must allow user namespaces (kernel.apparmor_restrict_unprivileged_userns=0).
 */
export const rootless = (): BuildKind => ({
  exempt: {
    "unconfined-seccomp": "in the build container alone: BuildKit makes user namespaces, which the runtime's profile forbids",
    "unconfined-apparmor": "in the build container alone: BuildKit mounts file systems in its user namespaces, which the runtime's profile forbids",
    "privilege-escalation": "newuidmap, which gives a build its range of user ids, is a set-user-id program",
    "added-capabilities": "newuidmap needs what the runtime gives every container; the job's own user holds none of it",
    "writable-root": "a job installs what it needs into its own image",
  },
  environment: [
    // Kubernetes cannot unmask /proc for it, so that its steps share one: as in BuildKit's own example for Kubernetes.
    "BUILDKITD_FLAGS=--oci-worker-no-process-sandbox",
    // Its layers go to the volume of the build, and every other image finds a home that it may write to.
    "HOME=/builds",
  ],
  pods: {
    pod_security_context: { run_as_non_root: true, run_as_user: rootlessUser, run_as_group: rootlessUser, fs_group: rootlessUser, seccomp_profile: { type: "RuntimeDefault" } },
    build_container_security_context: { allow_privilege_escalation: true, seccomp_profile: { type: "Unconfined" }, app_armor_profile: { type: "Unconfined" } },
    ...confined(["init_permissions", "helper", "service"]),
  },
  volumes: [],
  daemon: false,
});

/**
 * A Docker daemon beside each job, reached over TLS with certificates that live as long as the pod. Whoever may change a
 * job's file owns the node: https://docs.gitlab.com/runner/executors/kubernetes/#using-dockerdind
 */
export const docker = (daemon: Image): BuildKind => ({
  exempt: {
    privileged: "a Docker daemon runs containers of its own, and needs the kernel for it; its pods stand on nodes that nothing else shares",
    root: "the daemon and Docker's client image run as root, and so do most job images",
    "added-capabilities": "job images run as whatever user they name, with what the runtime gives every container",
    "privilege-escalation": "job images run as whatever user they name, which may use sudo",
    "writable-root": "a job installs what it needs into its own image",
  },
  environment: ["DOCKER_HOST=tcp://docker:2376", "DOCKER_TLS_CERTDIR=/certs", "DOCKER_TLS_VERIFY=1", "DOCKER_CERT_PATH=/certs/client"],
  pods: {
    pod_security_context: { seccomp_profile: { type: "RuntimeDefault" } },
    // Services only: neither the job's own container nor the helper.
    service_container_security_context: { privileged: true },
    services: [
      // Jobs wait for this port: https://docs.gitlab.com/runner/executors/kubernetes/#define-a-list-of-services
      { name: reference(daemon), alias: "docker", environment: ["DOCKER_TLS_CERTDIR=/certs", "HEALTHCHECK_TCP_PORT=2376"] },
    ],
  },
  volumes: [{ name: "docker-certs", mount_path: "/certs/client", medium: "Memory", size_limit: "1Mi" }],
  daemon: true,
});

const confined = (containers: readonly string[]): TomlTable =>
  Object.fromEntries(containers.map((name) => [`${name}_container_security_context`, { allow_privilege_escalation: false, capabilities: { drop: ["ALL"] } }]));
