import type { Chart } from "cdk8s";
import { Account } from "../../engine/workload/account";

/**
 * What the Kubernetes executor documents for the features that we leave on, in the namespace of its jobs and nowhere else:
 * https://docs.gitlab.com/runner/executors/kubernetes/#configure-runner-api-permissions at 19.3
 */
export const runnerAccount = (chart: Chart, jobs: string): Account =>
  new Account(chart, "gitlab-runner", {
    documented: "https://docs.gitlab.com/runner/executors/kubernetes/#configure-runner-api-permissions",
    there: {
      [jobs]: [
        { resources: ["pods"], verbs: ["create", "delete", "get", "list", "watch"], because: "each job is a pod" },
        { resources: ["pods/attach"], verbs: ["create", "delete", "get", "patch"], because: "each step of a job is fed to its running container" },
        { resources: ["pods/exec"], verbs: ["create", "delete", "get", "patch"], because: "waiting for a job's services, and GitLab's web terminal" },
        { resources: ["pods/log"], verbs: ["get", "list"], because: "a job's output" },
        { resources: ["secrets"], verbs: ["create", "delete", "get", "update"], because: "each job gets its own registry credentials; nobody else keeps a secret in this namespace" },
        { resources: ["services"], verbs: ["create", "get"], because: "a job that asks for other containers by name gets a Service for them" },
        { resources: ["events"], verbs: ["list"], because: "what keeps a job's pod from starting is shown in the job" },
      ],
    },
  });
