import type { Rule, RuleGroup } from "../../engine/model/needs";

const imageReasons = 'reason=~"ImagePullBackOff|ErrImagePull|InvalidImageName|ErrImageNeverPull"';

/** Pods that are not at work though they should be. Those of Jobs wait and end by design. */
const idle = [
  '(sum by (namespace, pod) (kube_pod_status_phase{phase=~"Pending|Unknown"}) > 0',
  'or sum by (namespace, pod) (kube_pod_status_ready{condition="false"} * on (namespace, pod) kube_pod_status_phase{phase="Running"}) > 0)',
  'unless on (namespace, pod) kube_pod_owner{owner_kind="Job"}',
].join(" ");

/** Failed Jobs of a CronJob that has succeeded since. */
const overtaken = [
  'kube_job_status_start_time * on (namespace, job_name) group_left (owner_name) max by (namespace, job_name, owner_name) (kube_job_owner{owner_kind="CronJob"})',
  '< on (namespace, owner_name) group_left () max by (namespace, owner_name) (label_replace(kube_cronjob_status_last_successful_time, "owner_name", "$1", "cronjob", "(.+)"))',
].join(" ");

/** Requests of running pods, and what nodes have to give, of what a pod cannot do without. */
const requested = 'sum by (resource) (kube_pod_container_resource_requests{resource=~"cpu|memory"} * on (namespace, pod) group_left () max by (namespace, pod) (kube_pod_status_phase{phase="Running"}))';
const allocatable = 'kube_node_status_allocatable{resource=~"cpu|memory"}';

const pods: readonly Rule[] = [
  {
    alert: "PodCrashLooping",
    expr: 'max by (namespace, pod, container) (max_over_time(kube_pod_container_status_waiting_reason{reason="CrashLoopBackOff"}[5m])) > 0',
    for: "10m",
    severity: "warning",
    summary: "{{ $labels.namespace }}: {{ $labels.pod }} keeps crashing",
    description: "Its container {{ $labels.container }} ends again and again: kubectl logs --previous says why.",
  },
  {
    alert: "PodImageMissing",
    expr: `max by (namespace, pod, container) (kube_pod_container_status_waiting_reason{${imageReasons}} or kube_pod_init_container_status_waiting_reason{${imageReasons}}) > 0`,
    for: "15m",
    severity: "warning",
    summary: "{{ $labels.namespace }}: an image cannot be pulled",
    description: "{{ $labels.pod }} waits for the image of {{ $labels.container }}: it does not exist, or its registry cannot be reached.",
  },
  {
    alert: "PodUnschedulable",
    expr: "max by (namespace, pod) (kube_pod_status_unschedulable) > 0",
    for: "15m",
    severity: "warning",
    summary: "{{ $labels.namespace }}: no node takes {{ $labels.pod }}",
    description: "No node has what it asks for: processor, memory, a GPU, a volume, a label or a tolerated taint.",
  },
  {
    alert: "PodNotReady",
    // What crashes, waits for an image or fits no node has an alert of its own.
    expr: `${idle} unless on (namespace, pod) kube_pod_container_status_waiting_reason{reason="CrashLoopBackOff"} == 1 unless on (namespace, pod) kube_pod_container_status_waiting_reason{${imageReasons}} == 1 unless on (namespace, pod) kube_pod_status_unschedulable == 1`,
    for: "15m",
    severity: "warning",
    summary: "{{ $labels.namespace }}: {{ $labels.pod }} does not get ready",
    description: "It has been waiting or not ready for a quarter of an hour.",
  },
  {
    alert: "ContainerOutOfMemory",
    expr:
      'sum by (namespace, pod, container) (increase(kube_pod_container_status_restarts_total[10m])) > 0 and on (namespace, pod, container) (kube_pod_container_status_last_terminated_reason{reason="OOMKilled"} == 1)',
    severity: "warning",
    summary: "{{ $labels.namespace }}: {{ $labels.container }} used more memory than it may",
    description: "{{ $labels.pod }} was restarted. Raise its memory setting, or see what grows.",
  },
  {
    alert: "PodRestarting",
    expr: "sum by (namespace, pod, container) (increase(kube_pod_container_status_restarts_total[3h])) > 5",
    severity: "info",
    summary: "{{ $labels.namespace }}: {{ $labels.pod }} restarts often",
    description: '{{ $labels.container }} restarted {{ $value | printf "%.0f" }} times within three hours.',
  },
];

const workloads: readonly Rule[] = [
  {
    alert: "DeploymentStuck",
    expr: 'max by (namespace, deployment) (kube_deployment_status_condition{condition="Progressing", status="false"}) > 0',
    for: "5m",
    severity: "warning",
    summary: "{{ $labels.namespace }}: the rollout of {{ $labels.deployment }} is stuck",
    description: "It made no progress before its deadline. The pods of the last good version still run.",
  },
  {
    alert: "DeploymentUnavailable",
    expr: "max by (namespace, deployment) (kube_deployment_status_replicas_available) == 0 and on (namespace, deployment) kube_deployment_spec_replicas > 0",
    for: "10m",
    severity: "critical",
    summary: "{{ $labels.namespace }}: {{ $labels.deployment }} is down",
    description: "None of its pods is available.",
  },
  {
    alert: "DeploymentReplicasMissing",
    // Quiet while a rollout moves: then the number of updated replicas changes.
    expr:
      "max by (namespace, deployment) (kube_deployment_spec_replicas > kube_deployment_status_replicas_available) and on (namespace, deployment) changes(kube_deployment_status_replicas_updated[10m]) == 0",
    for: "15m",
    severity: "warning",
    summary: "{{ $labels.namespace }}: {{ $labels.deployment }} lacks replicas",
    description: "It should have {{ $value }}, and some are not available.",
  },
  {
    alert: "StatefulSetReplicasMissing",
    expr:
      "max by (namespace, statefulset) (kube_statefulset_replicas > kube_statefulset_status_replicas_ready) and on (namespace, statefulset) changes(kube_statefulset_status_replicas_updated[10m]) == 0",
    for: "15m",
    severity: "warning",
    summary: "{{ $labels.namespace }}: {{ $labels.statefulset }} lacks replicas",
    description: "It should have {{ $value }}, and some are not ready.",
  },
  {
    alert: "StatefulSetUpdateStuck",
    expr:
      "max by (namespace, statefulset) (max without (revision) (kube_statefulset_status_current_revision unless kube_statefulset_status_update_revision) * (kube_statefulset_replicas != kube_statefulset_status_replicas_updated)) and on (namespace, statefulset) changes(kube_statefulset_status_replicas_updated[10m]) == 0",
    for: "15m",
    severity: "warning",
    summary: "{{ $labels.namespace }}: the update of {{ $labels.statefulset }} is stuck",
    description: "Some of its pods still run the old version. A StatefulSet does not go on while a new pod is not ready, nor back by itself.",
  },
  {
    alert: "DaemonSetPodsMissing",
    expr:
      "max by (namespace, daemonset) (kube_daemonset_status_desired_number_scheduled - kube_daemonset_status_number_available) > 0 and on (namespace, daemonset) changes(kube_daemonset_status_updated_number_scheduled[10m]) == 0",
    for: "15m",
    severity: "warning",
    summary: "{{ $labels.namespace }}: {{ $labels.daemonset }} does not run on every node",
    description: "{{ $value }} nodes are without it.",
  },
  {
    alert: "DaemonSetMisscheduled",
    expr: "max by (namespace, daemonset) (kube_daemonset_status_number_misscheduled) > 0",
    for: "30m",
    severity: "info",
    summary: "{{ $labels.namespace }}: {{ $labels.daemonset }} runs where it should not",
    description: "On {{ $value }} nodes: their labels or taints changed, and the pods are still there.",
  },
  {
    alert: "JobFailed",
    expr: `max by (namespace, job_name) (kube_job_failed{condition="true"}) > 0 unless on (namespace, job_name) ${overtaken}`,
    for: "5m",
    severity: "warning",
    summary: "{{ $labels.namespace }}: the job {{ $labels.job_name }} failed",
    description: "It used up its retries. A later run that succeeds ends this alert, or deleting the job once it is understood.",
  },
  {
    alert: "JobSlow",
    expr: "max by (namespace, job_name) (time() - kube_job_status_start_time and kube_job_status_active > 0) > 43200",
    severity: "warning",
    summary: "{{ $labels.namespace }}: the job {{ $labels.job_name }} does not end",
    description: "It has been running for {{ $value | humanizeDuration }}.",
  },
  {
    alert: "CronJobLate",
    expr: "max by (namespace, cronjob) (time() - kube_cronjob_next_schedule_time) > 3600 and on (namespace, cronjob) kube_cronjob_spec_suspend == 0",
    severity: "warning",
    summary: "{{ $labels.namespace }}: {{ $labels.cronjob }} did not start when it should have",
    description: "It is {{ $value | humanizeDuration }} late.",
  },
  {
    alert: "AutoscalerAtMaximum",
    expr:
      "max by (namespace, horizontalpodautoscaler) (kube_horizontalpodautoscaler_status_current_replicas >= kube_horizontalpodautoscaler_spec_max_replicas) > 1",
    for: "1h",
    severity: "info",
    summary: "{{ $labels.namespace }}: {{ $labels.horizontalpodautoscaler }} cannot grow further",
    description: "It has had all of its {{ $value }} replicas for an hour.",
  },
  {
    alert: "DisruptionBudgetViolated",
    expr:
      "max by (namespace, poddisruptionbudget) (kube_poddisruptionbudget_status_desired_healthy > kube_poddisruptionbudget_status_current_healthy) and on (namespace, poddisruptionbudget) kube_poddisruptionbudget_status_expected_pods > 0",
    for: "15m",
    severity: "warning",
    summary: "{{ $labels.namespace }}: {{ $labels.poddisruptionbudget }} has fewer healthy pods than it must",
    description: "It wants {{ $value }}.",
  },
];

const nodes: readonly Rule[] = [
  {
    alert: "NodeNotReady",
    expr: 'max by (node) (kube_node_status_condition{condition="Ready", status="true"}) == 0',
    for: "5m",
    severity: "critical",
    summary: "{{ $labels.node }} is not ready",
    description: "Its kubelet does not answer or says that it cannot run pods. Pods with volumes on its own disks wait for it.",
  },
  {
    alert: "NodeUnderPressure",
    expr: 'max by (node, condition) (kube_node_status_condition{condition=~"MemoryPressure|DiskPressure|PIDPressure", status="true"}) > 0',
    for: "5m",
    severity: "warning",
    summary: "{{ $labels.node }} evicts pods",
    description: "It reports {{ $labels.condition }}.",
  },
  {
    alert: "NodeFlapping",
    expr: 'sum by (node) (changes(kube_node_status_condition{condition="Ready", status="true"}[30m])) > 4',
    severity: "warning",
    summary: "{{ $labels.node }} comes and goes",
    description: "It became ready and not ready {{ $value }} times within half an hour.",
  },
  {
    alert: "NodeCordoned",
    expr: "max by (node) (kube_node_spec_unschedulable) > 0",
    for: "1d",
    severity: "info",
    summary: "{{ $labels.node }} has been cordoned for a day",
    description: "kubectl uncordon {{ $labels.node }}, if the work on it is done.",
  },
  {
    alert: "NodePodsFull",
    expr:
      'count by (node) ((kube_pod_status_phase{phase="Running"} == 1) * on (namespace, pod) group_left (node) max by (namespace, pod, node) (kube_pod_info)) / on (node) max by (node) (kube_node_status_allocatable{resource="pods"}) > 0.95',
    for: "15m",
    severity: "warning",
    summary: "{{ $labels.node }} can take hardly any more pods",
    description: "It has {{ $value | humanizePercentage }} of the pods that its kubelet allows.",
  },
  {
    alert: "ClusterCannotLoseNode",
    // What is requested, against what is left without the largest node. A single node cannot be spared anyway.
    expr: `${requested} > sum by (resource) (${allocatable}) - max by (resource) (${allocatable}) and on (resource) count by (resource) (${allocatable}) > 1`,
    for: "1h",
    severity: "info",
    summary: "The other nodes could not take over from the largest one",
    description: "Without it there would be too little {{ $labels.resource }} for what pods request.",
  },
];

const storage: readonly Rule[] = [
  {
    alert: "ClaimPending",
    expr: 'max by (namespace, persistentvolumeclaim) (kube_persistentvolumeclaim_status_phase{phase="Pending"}) > 0',
    for: "15m",
    severity: "warning",
    summary: "{{ $labels.namespace }}: {{ $labels.persistentvolumeclaim }} gets no volume",
    description: "Its storage class cannot make one, or the pod that is to use it is not scheduled.",
  },
  {
    alert: "ClaimLost",
    expr: 'max by (namespace, persistentvolumeclaim) (kube_persistentvolumeclaim_status_phase{phase="Lost"}) > 0',
    severity: "critical",
    summary: "{{ $labels.namespace }}: the volume of {{ $labels.persistentvolumeclaim }} is gone",
    description: "The claim was bound to a volume that does not exist any more. Restore it from a backup.",
  },
  {
    alert: "VolumeFailed",
    expr: 'max by (persistentvolume) (kube_persistentvolume_status_phase{phase="Failed"}) > 0',
    for: "15m",
    severity: "warning",
    summary: "The volume {{ $labels.persistentvolume }} could not be reclaimed",
    description: "Its claim is gone, and deleting it failed.",
  },
  {
    alert: "NamespaceStuck",
    expr: 'max by (namespace) (kube_namespace_status_phase{phase="Terminating"}) > 0',
    for: "30m",
    severity: "info",
    summary: "The namespace {{ $labels.namespace }} does not go away",
    description: "A finalizer of something in it, or an API that is not available, keeps it.",
  },
];

const own: readonly Rule[] = [
  {
    alert: "KubeStateMetricsBlind",
    expr:
      'sum by (resource) (rate(kube_state_metrics_list_total{result="error"}[10m]) + rate(kube_state_metrics_watch_total{result="error"}[10m])) / sum by (resource) (rate(kube_state_metrics_list_total[10m]) + rate(kube_state_metrics_watch_total[10m])) > 0.1',
    for: "15m",
    severity: "warning",
    summary: "kube-state-metrics cannot read the cluster",
    description: "{{ $value | humanizePercentage }} of its requests for {{ $labels.resource }} fail: alerts about them are missing or old.",
  },
];

/** What can go wrong with the objects of a cluster, whoever made them. */
export const rules: readonly RuleGroup[] = [
  { name: "pods", rules: pods },
  { name: "workloads", rules: workloads },
  { name: "nodes", rules: nodes },
  { name: "storage", rules: storage },
  { name: "kube-state-metrics", rules: own },
];
