import type { Construct } from "constructs";
import type { NodeAffinity, PodSpec, PodTemplateSpec, TopologySpreadConstraint } from "cdk8s-plus-30/lib/imports/k8s";
import { exemptionPrefix } from "../model/pod-security";
import type { Account } from "./account";
import { componentLabels } from "./component-name";
import { container, type ContainerProps, type Exemptions } from "./container";
import type { Mountable } from "./volume";

export interface PodProps extends ContainerProps {
  /** More containers beside the main one, by name. */
  readonly beside?: Readonly<Record<string, ContainerProps>>;
  /** Containers that must finish first (or start first, with `sidecar`), by name. */
  readonly before?: Readonly<Record<string, ContainerProps>>;
  /** Without one, the pod gets no token and may not call the API. */
  readonly account?: Account;
  /** False where the account is only shown to somebody else, and the pod gets no token for the API. */
  readonly callsApi?: boolean;
  /** The user that owns the process and its volumes. */
  readonly user?: number;
  readonly group?: number;
  readonly exempt?: Exemptions;
  readonly hostNetwork?: boolean;
  readonly hostPid?: boolean;
  readonly tolerations?: PodSpec["tolerations"];
  readonly nodeSelector?: Readonly<Record<string, string>>;
  /** The only nodes that it may stand on, by name: where labels cannot tell them from the others. */
  readonly onNodes?: readonly string[];
  readonly stopsWithinSeconds?: number;
  /** Settings of the pod's own kernel space, such as the first port that is not root's alone. */
  readonly sysctls?: Readonly<Record<string, string>>;
  readonly annotations?: Readonly<Record<string, string>>;
  readonly labels?: Readonly<Record<string, string>>;
}

const containersOf = (props: PodProps): readonly ContainerProps[] => [props, ...Object.values(props.before ?? {}), ...Object.values(props.beside ?? {})];

export const mountsOf = (props: PodProps): readonly Mountable[] => {
  const byName = new Map(containersOf(props).flatMap((it) => Object.values(it.mounts ?? {})).map((it) => [it.name, it]));
  return [...byName.values()].sort((a, b) => (a.name < b.name ? -1 : 1));
};

/** A pod as every workload writes it: restricted, without a token, off the node's network, unless a reasoned exemption says so. */
export function podTemplate(scope: Construct, component: string, props: PodProps, spread?: TopologySpreadConstraint[]): PodTemplateSpec {
  const exempt = props.exempt ?? {};
  const mounts = mountsOf(props);
  const gpu = containersOf(props).find((it) => it.gpu)?.gpu;
  const annotations = {
    ...Object.fromEntries(mounts.flatMap((it) => (it.checksum ? [[`checksum/${it.name}`, it.checksum]] : []))),
    ...Object.fromEntries(Object.entries(exempt).map(([control, because]) => [`${exemptionPrefix}${control}`, because])),
    ...props.annotations,
  };
  const tolerations = [...(props.tolerations ?? []), ...(gpu?.tolerations ?? [])];
  return {
    metadata: { labels: { ...componentLabels(scope, component), ...props.labels }, ...(Object.keys(annotations).length ? { annotations } : {}) },
    spec: {
      automountServiceAccountToken: props.account !== undefined && (props.callsApi ?? true),
      ...(props.account ? { serviceAccountName: props.account.name } : {}),
      enableServiceLinks: false,
      securityContext: { ...podSecurity(props, exempt), ...sysctlsOf(props) },
      ...(gpu ? { runtimeClassName: gpu.runtimeClassName } : {}),
      ...(props.hostNetwork ? { hostNetwork: true, dnsPolicy: "ClusterFirstWithHostNet" } : {}),
      ...(props.hostPid ? { hostPid: true } : {}),
      ...(tolerations.length ? { tolerations: tolerations.map((it) => ({ ...it })) } : {}),
      ...nodeSelectorOf(props),
      ...(props.onNodes ? { affinity: { nodeAffinity: onlyOn(props.onNodes) } } : {}),
      ...(props.stopsWithinSeconds ? { terminationGracePeriodSeconds: props.stopsWithinSeconds } : {}),
      ...(spread ? { topologySpreadConstraints: spread } : {}),
      ...(props.before ? { initContainers: Object.entries(props.before).map(([name, it]) => container(name, it, exempt)) } : {}),
      containers: [
        container(component, props, exempt),
        ...Object.entries(props.beside ?? {}).map(([name, it]) => container(name, it, exempt)),
      ],
      ...(mounts.some((it) => !it.template) ? { volumes: mounts.filter((it) => !it.template).map((it) => ({ name: it.name, ...it.source })) } : {}),
    },
  };
}

const sysctlsOf = ({ sysctls }: PodProps): Pick<NonNullable<PodSpec["securityContext"]>, "sysctls"> =>
  sysctls ? { sysctls: Object.entries(sysctls).map(([name, value]) => ({ name, value })) } : {};

/** Images built for one architecture only run there; where all run everywhere, nothing is said. */
function nodeSelectorOf(props: PodProps): { nodeSelector?: Record<string, string> } {
  const architectures = (["amd64", "arm64"] as const).filter((arch) => containersOf(props).every((it) => it.image.architectures.includes(arch)));
  const selector = { ...(architectures.length === 1 && architectures[0] ? { "kubernetes.io/arch": architectures[0] } : {}), ...props.nodeSelector };
  return Object.keys(selector).length ? { nodeSelector: selector } : {};
}

const onlyOn = (nodes: readonly string[]): NodeAffinity => ({
  requiredDuringSchedulingIgnoredDuringExecution: { nodeSelectorTerms: [{ matchExpressions: [{ key: "kubernetes.io/hostname", operator: "In", values: [...nodes] }] }] },
});

function podSecurity(props: PodProps, exempt: Exemptions): NonNullable<PodSpec["securityContext"]> {
  const seccompProfile = { type: "RuntimeDefault" };
  if ("root" in exempt) return { runAsUser: props.user ?? 0, fsGroup: props.group ?? props.user ?? 0, seccompProfile };
  const user = props.user ?? 65532;
  return {
    runAsNonRoot: true,
    runAsUser: user,
    runAsGroup: props.group ?? user,
    fsGroup: props.group ?? user,
    // Re-owning a large volume at each start takes minutes; once it is right, it stays right.
    fsGroupChangePolicy: "OnRootMismatch",
    seccompProfile,
  };
}
