import { change, refusal, type Case } from "../case";
import { changed, claim, cronJob, daemonSet, deployment, job, podSpec, statefulSet } from "../objects";

const image = "spec.template.spec.containers.0.image";
const next = "registry.example/web:1.0.1";
const recreating = changed(deployment, "spec.strategy", { type: "Recreate" });
const pair = changed(deployment, "spec.template.spec.containers", [...podSpec.containers, { ...podSpec.containers[0], name: "log" }]);
const deleting = changed(statefulSet, "spec.persistentVolumeClaimRetentionPolicy", { whenDeleted: "Retain", whenScaled: "Delete" });
const storing = (claimName: string) => changed(changed(deployment, "spec.template.spec.volumes", [{ name: "data", persistentVolumeClaim: { claimName } }]), "spec.replicas", 1);
const other = changed(claim, "metadata.name", "other");
const onDelete = { type: "OnDelete" };

/** Workloads and their pods. */
export const workloads: readonly Case[] = [
  change("a Deployment's image", "restart", "pod-template", deployment, changed(deployment, image, next)),
  change("a variable more", "restart", "pod-template", deployment, changed(deployment, "spec.template.spec.containers.0.env", [{ name: "LEVEL", value: "debug" }])),
  change("a checksum of configuration", "restart", "pod-template", deployment, changed(deployment, "spec.template.metadata.annotations", { "checksum/config": "abc" })),
  change("what a container asks for", "restart", "pod-template", deployment, changed(deployment, "spec.template.spec.containers.0.resources.requests.cpu", "20m")),
  change("the order of containers", "restart", "pod-template", pair, changed(pair, "spec.template.spec.containers", [{ ...podSpec.containers[0], name: "log" }, ...podSpec.containers])),
  change("an image, all pods at once", "restart", "pod-template", recreating, changed(recreating, image, next)),
  change("an image while the rollout is paused", "live change", "pod-template", deployment, changed(changed(deployment, "spec.paused", true), image, next)),
  change("an image of no pods", "live change", "pod-template", changed(deployment, "spec.replicas", 0), changed(changed(deployment, "spec.replicas", 0), image, next)),
  change("a Deployment's own label", "live change", "applied", deployment, changed(deployment, "metadata.labels", { team: "lab" })),
  change("how a Deployment rolls", "live change", "applied", deployment, changed(deployment, "spec.strategy", { type: "RollingUpdate", rollingUpdate: { maxSurge: 0, maxUnavailable: 1 } })),
  change("a pod more", "live change", "replicas", deployment, changed(deployment, "spec.replicas", 3)),
  change("a pod less", "live change", "replicas", deployment, changed(deployment, "spec.replicas", 1)),
  change("no pods at all", "outage", "replicas", deployment, changed(deployment, "spec.replicas", 0)),
  refusal("a Deployment's selector", "recreate", "immutable-field", deployment, changed(changed(deployment, "spec.selector.matchLabels", { app: "site" }), "spec.template.metadata.labels", { app: "site" })),
  change("root in the pod", "restart", "privilege", deployment, changed(deployment, "spec.template.spec.securityContext", { ...podSpec.securityContext, runAsNonRoot: false, runAsUser: 0 }), { opens: true }),

  change("privileges that are no longer refused", "restart", "privilege", deployment, changed(deployment, "spec.template.spec.containers.0.securityContext.allowPrivilegeEscalation", undefined), { opens: true }),
  change("a token for a pod that had none", "restart", "privilege", deployment, changed(deployment, "spec.template.spec.automountServiceAccountToken", true), { opens: true }),
  change("capabilities that are no longer dropped", "restart", "privilege", deployment, changed(deployment, "spec.template.spec.containers.0.securityContext.capabilities", undefined), { opens: true }),
  { title: "another volume under the same mount", says: "outage", rule: "mounted-claims", before: [claim, other, storing("data")], after: [claim, other, storing("other")] },

  change("a StatefulSet's image", "restart", "pod-template", statefulSet, changed(statefulSet, image, next)),
  change("an image that pods take when deleted", "live change", "pod-template", changed(statefulSet, "spec.updateStrategy", onDelete), changed(changed(statefulSet, "spec.updateStrategy", onDelete), image, next)),
  change("an image behind a partition", "live change", "pod-template", statefulSet, changed(changed(statefulSet, "spec.updateStrategy", { type: "RollingUpdate", rollingUpdate: { partition: 2 } }), image, next)),
  change("no pods of a StatefulSet", "outage", "replicas", statefulSet, changed(statefulSet, "spec.replicas", 0)),
  change("a pod less, and its claim", "data at risk", "replicas", deleting, changed(deleting, "spec.replicas", 1)),
  change("claims that will go with their pods", "data at risk", "claim-templates", statefulSet, deleting),
  refusal("a StatefulSet's service", "recreate", "immutable-field", statefulSet, changed(statefulSet, "spec.serviceName", "site")),
  refusal("the order of a StatefulSet's pods", "recreate", "immutable-field", statefulSet, changed(statefulSet, "spec.podManagementPolicy", "Parallel")),
  refusal("the size of a StatefulSet's claims", "recreate", "immutable-field", statefulSet, changed(statefulSet, "spec.volumeClaimTemplates.0.spec.resources.requests.storage", "2Gi")),
  refusal("the class of a StatefulSet's claims", "recreate", "immutable-field", statefulSet, changed(statefulSet, "spec.volumeClaimTemplates.0.spec.storageClassName", "growing")),

  change("a DaemonSet's image", "restart", "pod-template", daemonSet, changed(daemonSet, image, next)),
  change("a DaemonSet's image, taken when deleted", "live change", "pod-template", changed(daemonSet, "spec.updateStrategy", onDelete), changed(changed(daemonSet, "spec.updateStrategy", onDelete), image, next)),
  change("other nodes for a DaemonSet", "outage", "pod-template", daemonSet, changed(daemonSet, "spec.template.spec.nodeSelector", { disk: "fast" })),
  refusal("a DaemonSet's selector", "recreate", "immutable-field", daemonSet, changed(changed(daemonSet, "spec.selector.matchLabels", { app: "site" }), "spec.template.metadata.labels", { app: "site" })),

  refusal("what a Job runs", "recreate", "immutable-field", job, changed(job, image, next)),
  refusal("what a Job that waits runs", "recreate", "immutable-field", changed(job, "spec.suspend", true), changed(changed(job, "spec.suspend", true), image, next)),
  refusal("how often a Job runs", "recreate", "immutable-field", job, changed(job, "spec.completions", 3)),
  change("how long a Job may take", "live change", "applied", job, changed(job, "spec.activeDeadlineSeconds", 600)),
  change("when a CronJob runs", "live change", "job", cronJob, changed(cronJob, "spec.schedule", "0 5 * * *")),
  change("what a CronJob runs", "live change", "job", cronJob, changed(cronJob, "spec.jobTemplate.spec.template.spec.containers.0.image", next)),
  change("a CronJob that rests", "outage", "job", cronJob, changed(cronJob, "spec.suspend", true)),
];
