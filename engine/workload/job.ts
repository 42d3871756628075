import { Construct } from "constructs";
import { KubeCronJob, KubeJob, type JobSpec } from "cdk8s-plus-30/lib/imports/k8s";
import { componentName } from "./component-name";
import { podTemplate, type PodProps } from "./pod";
import { PlainObject } from "./plain-object";

export interface JobProps extends PodProps {
  /** Cron expression, in UTC; without it the job runs once. */
  readonly schedule?: string;
  /** Runs only when somebody makes a Job of it: `kubectl create job --from=cronjob/NAME`. */
  readonly byHand?: boolean;
  /** How often a failed pod is tried again before the job counts as failed. */
  readonly retries?: number;
  /** The longest a run may take, in seconds. */
  readonly endsWithinSeconds: number;
  /**
   * What makes a run that is done worth repeating. A Job cannot be changed, so this becomes part of its name:
   * new content, new Job; the old one is pruned.
   */
  readonly revision?: string;
}

/** Work that ends. It fails visibly: Argo CD shows a failed Job as Degraded. */
export class Job extends Construct {
  readonly name: string;

  constructor(scope: Construct, component: string, props: JobProps) {
    super(scope, component);
    const base = componentName(this, component);
    this.name = props.revision ? `${base}-${props.revision}` : base;
    const template = podTemplate(this, component, props);
    const spec: JobSpec = {
      backoffLimit: props.retries ?? 4,
      activeDeadlineSeconds: props.endsWithinSeconds,
      template: { ...template, spec: { ...template.spec, containers: template.spec?.containers ?? [], restartPolicy: "Never" } },
    };
    const metadata = { name: this.name, labels: { "app.kubernetes.io/component": component } };
    if (props.schedule === undefined && !props.byHand) {
      new PlainObject(this, "job", KubeJob.manifest({ metadata, spec }));
      return;
    }
    new PlainObject(this, "cron-job", KubeCronJob.manifest({
      metadata,
      spec: {
        // By hand: the thirty-first of February, and not even then.
        schedule: props.schedule ?? "0 0 31 2 *",
        ...(props.byHand ? { suspend: true } : {}),
        timeZone: "Etc/UTC",
        // A run that is still going is the run; a second beside it would only compete.
        concurrencyPolicy: "Forbid",
        startingDeadlineSeconds: 600,
        successfulJobsHistoryLimit: 1,
        failedJobsHistoryLimit: 3,
        jobTemplate: { spec },
      },
    }));
  }
}
