import type { RuleGroup } from "../../engine/model/needs";

/** https://docs.gitlab.com/runner/fleet_scaling/#monitoring-runners at 19.3 */
export const series = [
  "gitlab_runner_api_request_statuses_total{runner, endpoint, status}",
  "gitlab_runner_concurrent",
  "gitlab_runner_errors_total",
  "gitlab_runner_failed_jobs_total{runner, failure_reason}",
  "gitlab_runner_job_duration_seconds_bucket",
  "gitlab_runner_job_queue_duration_seconds_bucket",
  "gitlab_runner_jobs",
  "gitlab_runner_jobs_total",
  "gitlab_runner_version_info",
] as const;

export const alerts = (name: string, namespace: string): readonly RuleGroup[] => [
  {
    name,
    rules: [
      {
        alert: "GitlabRunnerCutOff",
        // Asking for work is answered with 201 (a job) or 204 (none).
        expr: `sum by (namespace) (rate(gitlab_runner_api_request_statuses_total{namespace="${namespace}", endpoint="request_job", status!~"2.."}[10m])) > 0 unless sum by (namespace) (rate(gitlab_runner_api_request_statuses_total{namespace="${namespace}", endpoint="request_job", status=~"2.."}[10m])) > 0`,
        for: "15m",
        severity: "warning",
        summary: `${name} gets no work from GitLab`,
        description: "GitLab cannot be reached, or refuses the runner's token (status 403): create the runner anew and put its token into the vault.",
      },
      {
        alert: "GitlabRunnerBusy",
        expr: `sum by (namespace) (gitlab_runner_jobs{namespace="${namespace}"}) >= on (namespace) max by (namespace) (gitlab_runner_concurrent{namespace="${namespace}"})`,
        for: "30m",
        severity: "info",
        summary: `${name} has been full for half an hour`,
        description: "Jobs wait. Raise concurrent, if its nodes have room.",
      },
      {
        alert: "GitlabRunnerFailsJobs",
        expr: `sum by (namespace) (increase(gitlab_runner_failed_jobs_total{namespace="${namespace}", failure_reason="runner_system_failure"}[1h])) > 2`,
        severity: "warning",
        summary: `${name} fails jobs that are not to blame`,
        description: "Their pods could not be made or were lost. The logs of the jobs and of the runner say why: an image, a node without room, or Pod Security.",
      },
    ],
  },
];
