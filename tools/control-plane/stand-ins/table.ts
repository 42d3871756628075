/** A kind whose operator does not run here, and the status that KWOK gives it in the operator's place. */
export interface StandIn {
  /** Whose part is played: the label app.kubernetes.io/name of its Deployment, which must be up. */
  readonly operator: string;
  readonly apiVersion: string;
  readonly kind: string;
  /** The condition that becomes true: Argo CD waits for it (resource_customizations of Argo CD 3.5.7). */
  readonly condition: string;
  /** More of the status, where health needs it: lines of YAML. */
  readonly status?: string;
}

const ready = (operator: string, apiVersion: string, ...kinds: readonly string[]): readonly StandIn[] => kinds.map((kind) => ({ operator, apiVersion, kind, condition: "Ready" }));

/** Every kind that Argo CD looks for a status of, and whose operator is not run beside five clusters. */
export const STAND_INS: readonly StandIn[] = [
  ...ready("cert-manager", "cert-manager.io/v1", "Certificate", "Issuer", "ClusterIssuer"),
  ...ready("external-secrets", "external-secrets.io/v1", "SecretStore", "ClusterSecretStore"),
  ...ready("external-secrets", "external-secrets.io/v1alpha1", "PushSecret"),
  { operator: "prometheus-operator", apiVersion: "monitoring.coreos.com/v1", kind: "Prometheus", condition: "Available" },
  { operator: "rook-ceph", apiVersion: "ceph.rook.io/v1", kind: "CephCluster", condition: "Ready", status: "phase: Ready\nceph: {health: HEALTH_OK}" },
  { operator: "rook-ceph", apiVersion: "ceph.rook.io/v1", kind: "CephObjectStore", condition: "Ready", status: "phase: Ready" },
];

/** Those of them that run for real elsewhere, on what is committed: `npm run e2e:operators`. The others cannot be built here, and that run says why. */
export const REAL_ELSEWHERE: ReadonlySet<string> = new Set(["cert-manager", "external-secrets", "prometheus-operator"]);

/** The stand-ins for operators that are up and kinds that are served: KWOK cannot watch one that is not. */
export function standInsFor(served: { has(kind: string): boolean }, operators: ReadonlySet<string>, all: readonly StandIn[] = STAND_INS): readonly StandIn[] {
  return all.filter(({ operator, apiVersion, kind }) => operators.has(operator) && served.has(`${apiVersion} ${kind}`));
}

/** The Stage that plays it: https://kwok.sigs.k8s.io/docs/user/stages-configuration/ */
export function stageOf({ apiVersion, kind, condition, status }: StandIn): object {
  const conditions = [
    "conditions:",
    `- type: ${condition}`,
    '  status: "True"',
    "  reason: StandIn",
    '  message: "no operator runs here"',
    "  lastTransitionTime: {{ Now | Quote }}",
    "  observedGeneration: {{ .metadata.generation }}",
  ];
  return {
    apiVersion: "kwok.x-k8s.io/v1alpha1",
    kind: "Stage",
    metadata: { name: `stand-in-${kind.toLowerCase()}` },
    spec: {
      resourceRef: { apiGroup: apiVersion, kind },
      selector: {
        matchExpressions: [
          { key: ".metadata.deletionTimestamp", operator: "DoesNotExist" },
          { key: `.status.conditions.[] | select( .type == "${condition}" ) | .status`, operator: "NotIn", values: ["True"] },
        ],
      },
      next: { statusTemplate: [...conditions, ...(status === undefined ? [] : [status])].join("\n") },
    },
  };
}
