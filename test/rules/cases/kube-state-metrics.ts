import type { Case } from "../promtool";

const pod = { namespace: "ollama", pod: "ollama-0" };
const container = { ...pod, container: "ollama" };
const of = (name: string, labels: Readonly<Record<string, string>>): string => `${name}{${Object.entries(labels).map(([key, value]) => `${key}="${value}"`).join(", ")}}`;

const waiting = (reason: string): string => of("kube_pod_container_status_waiting_reason", { ...container, reason });
const phase = (name: string): string => of("kube_pod_status_phase", { ...pod, phase: name });
const unready = of("kube_pod_status_ready", { ...pod, condition: "false" });

export const kubeStateMetricsCases: readonly Case[] = [
  { says: "a pod that crashes between its restarts is noticed", alert: "PodCrashLooping", series: { [waiting("CrashLoopBackOff")]: "1x3 _x2 1x3 _x2 1x10" }, at: "15m", fires: [{ ...container, severity: "warning" }] },
  { says: "a pod that crashed once is not", alert: "PodCrashLooping", series: { [waiting("CrashLoopBackOff")]: "1 stale _x20" }, at: "15m" },
  { says: "an image that cannot be pulled is noticed", alert: "PodImageMissing", series: { [waiting("ImagePullBackOff")]: "1x30" }, at: "20m", fires: [{ ...container, severity: "warning" }] },
  { says: "an image that is being pulled is not", alert: "PodImageMissing", series: { [waiting("ContainerCreating")]: "1x30" }, at: "20m" },
  { says: "a pod that waits is not ready", alert: "PodNotReady", series: { [phase("Pending")]: "1x30" }, at: "20m", fires: [{ ...pod, severity: "warning" }] },
  { says: "a running pod that fails its readiness probe is not ready", alert: "PodNotReady", series: { [phase("Running")]: "1x30", [unready]: "1x30" }, at: "20m", fires: [{ ...pod, severity: "warning" }] },
  { says: "a pod that did its work is not missed", alert: "PodNotReady", series: { [phase("Running")]: "0x30", [phase("Succeeded")]: "1x30", [unready]: "1x30" }, at: "20m" },
  { says: "a waiting pod of a Job is left alone", alert: "PodNotReady", series: { [phase("Pending")]: "1x30", [of("kube_pod_owner", { ...pod, owner_kind: "Job" })]: "1x30" }, at: "20m" },
  {
    says: "a pod that crashes is told once, as crashing",
    alert: "PodNotReady",
    series: { [phase("Running")]: "1x30", [unready]: "1x30", [waiting("CrashLoopBackOff")]: "1x30" },
    at: "20m",
  },
  {
    says: "a container that was killed for its memory is named",
    alert: "ContainerOutOfMemory",
    series: {
      [of("kube_pod_container_status_restarts_total", container)]: "0x10 1x20",
      [of("kube_pod_container_status_last_terminated_reason", { ...container, reason: "OOMKilled" })]: "_x10 1x20",
    },
    at: "15m",
    fires: [{ ...container, severity: "warning" }],
  },
  {
    says: "a container that ended by itself is not",
    alert: "ContainerOutOfMemory",
    series: {
      [of("kube_pod_container_status_restarts_total", container)]: "0x10 1x20",
      [of("kube_pod_container_status_last_terminated_reason", { ...container, reason: "Error" })]: "_x10 1x20",
    },
    at: "15m",
  },
  {
    says: "a rollout past its deadline is stuck",
    alert: "DeploymentStuck",
    series: { 'kube_deployment_status_condition{namespace="web", deployment="ui", condition="Progressing", status="false"}': "0x5 1x20" },
    at: "15m",
    fires: [{ namespace: "web", deployment: "ui", severity: "warning" }],
  },
  {
    says: "a deployment without any pod is down",
    alert: "DeploymentUnavailable",
    series: { 'kube_deployment_spec_replicas{namespace="web", deployment="ui"}': "1x30", 'kube_deployment_status_replicas_available{namespace="web", deployment="ui"}': "0x30" },
    at: "15m",
    fires: [{ namespace: "web", deployment: "ui", severity: "critical" }],
  },
  {
    says: "a deployment that was scaled to nothing is not down",
    alert: "DeploymentUnavailable",
    series: { 'kube_deployment_spec_replicas{namespace="web", deployment="ui"}': "0x30", 'kube_deployment_status_replicas_available{namespace="web", deployment="ui"}': "0x30" },
    at: "15m",
  },
  { says: "replicas that do not come are missed", alert: "DeploymentReplicasMissing", series: deployment("3x40"), at: "30m", fires: [{ namespace: "web", deployment: "ui", severity: "warning" }] },
  { says: "replicas that are being replaced are not", alert: "DeploymentReplicasMissing", series: deployment("1x8 2x8 3x8 4x8 5x8"), at: "30m" },
  {
    says: "an update of a StatefulSet that waits for a pod is stuck",
    alert: "StatefulSetUpdateStuck",
    series: {
      'kube_statefulset_status_current_revision{namespace="db", statefulset="pg", revision="1"}': "1x40",
      'kube_statefulset_status_update_revision{namespace="db", statefulset="pg", revision="2"}': "1x40",
      'kube_statefulset_replicas{namespace="db", statefulset="pg"}': "3x40",
      'kube_statefulset_status_replicas_updated{namespace="db", statefulset="pg"}': "1x40",
    },
    at: "30m",
    fires: [{ namespace: "db", statefulset: "pg", severity: "warning" }],
  },
  {
    says: "a node without its DaemonSet's pod is counted",
    alert: "DaemonSetPodsMissing",
    series: {
      'kube_daemonset_status_desired_number_scheduled{namespace="node-exporter", daemonset="node-exporter"}': "5x40",
      'kube_daemonset_status_number_available{namespace="node-exporter", daemonset="node-exporter"}': "4x40",
      'kube_daemonset_status_updated_number_scheduled{namespace="node-exporter", daemonset="node-exporter"}': "5x40",
    },
    at: "30m",
    fires: [{ namespace: "node-exporter", daemonset: "node-exporter", severity: "warning" }],
  },
  { says: "a failed job is told", alert: "JobFailed", series: { 'kube_job_failed{namespace="b", job_name="dump-1", condition="true"}': "1x20" }, at: "10m", fires: [{ namespace: "b", job_name: "dump-1", severity: "warning" }] },
  { says: "a failed run that a later one made good is not", alert: "JobFailed", series: failedRun(200), at: "10m" },
  { says: "a failed run after the last good one is", alert: "JobFailed", series: failedRun(50), at: "10m", fires: [{ namespace: "b", job_name: "dump-1", severity: "warning" }] },
  {
    says: "a backup that did not start is late",
    alert: "CronJobLate",
    series: { 'kube_cronjob_next_schedule_time{namespace="b", cronjob="dump"}': "600x120", 'kube_cronjob_spec_suspend{namespace="b", cronjob="dump"}': "0x120" },
    at: "80m",
    fires: [{ namespace: "b", cronjob: "dump", severity: "warning" }],
  },
  {
    says: "one that is suspended is not",
    alert: "CronJobLate",
    series: { 'kube_cronjob_next_schedule_time{namespace="b", cronjob="dump"}': "600x120", 'kube_cronjob_spec_suspend{namespace="b", cronjob="dump"}': "1x120" },
    at: "80m",
  },
  {
    says: "a node that is not ready is bad news",
    alert: "NodeNotReady",
    series: { 'kube_node_status_condition{node="pi-3", condition="Ready", status="true"}': "1x5 0x20" },
    at: "15m",
    fires: [{ node: "pi-3", severity: "critical" }],
  },
  { says: "a node that restarts is not", alert: "NodeNotReady", series: { 'kube_node_status_condition{node="pi-3", condition="Ready", status="true"}': "1x5 0x3 1x20" }, at: "9m" },
  {
    says: "a node under pressure is named with its condition",
    alert: "NodeUnderPressure",
    series: { 'kube_node_status_condition{node="pi-3", condition="DiskPressure", status="true"}': "1x20" },
    at: "10m",
    fires: [{ node: "pi-3", condition: "DiskPressure", severity: "warning" }],
  },
  { says: "two nodes that are half full cannot lose one when they are unlike", alert: "ClusterCannotLoseNode", series: requests("20"), at: "90m", fires: [{ resource: "memory", severity: "info" }] },
  { says: "what fits into the smaller one can", alert: "ClusterCannotLoseNode", series: requests("5"), at: "90m" },
  {
    says: "a claim without a volume is noticed",
    alert: "ClaimPending",
    series: { 'kube_persistentvolumeclaim_status_phase{namespace="ollama", persistentvolumeclaim="models", phase="Pending"}': "1x30" },
    at: "20m",
    fires: [{ namespace: "ollama", persistentvolumeclaim: "models", severity: "warning" }],
  },
];

function deployment(updated: string): Readonly<Record<string, string>> {
  return {
    'kube_deployment_spec_replicas{namespace="web", deployment="ui"}': "3x40",
    'kube_deployment_status_replicas_available{namespace="web", deployment="ui"}': "2x40",
    'kube_deployment_status_replicas_updated{namespace="web", deployment="ui"}': updated,
  };
}

/** A CronJob's run that started at 100 s and failed, and when the last good one ended. */
function failedRun(lastSuccess: number): Readonly<Record<string, string>> {
  return {
    'kube_job_failed{namespace="b", job_name="dump-1", condition="true"}': "1x20",
    'kube_job_status_start_time{namespace="b", job_name="dump-1"}': "100x20",
    'kube_job_owner{namespace="b", job_name="dump-1", owner_kind="CronJob", owner_name="dump"}': "1x20",
    'kube_cronjob_status_last_successful_time{namespace="b", cronjob="dump"}': `${lastSuccess}x20`,
  };
}

/** A pod's request of memory on nodes of 10 and 30. */
function requests(memory: string): Readonly<Record<string, string>> {
  return {
    [of("kube_pod_container_resource_requests", { ...container, resource: "memory" })]: `${memory}x100`,
    [phase("Running")]: "1x100",
    'kube_node_status_allocatable{node="small", resource="memory"}': "10x100",
    'kube_node_status_allocatable{node="large", resource="memory"}': "30x100",
  };
}
