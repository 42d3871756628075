import type { Chart } from "cdk8s";
import { z } from "zod";
import { defineApp } from "../../engine/model/app";
import { image, imageSetting } from "../../engine/model/image";
import { kubernetesApi } from "../../engine/model/needs";
import { Account } from "../../engine/workload/account";
import { electsLeader, tellsEvents } from "../../engine/workload/permissions";
import { http, tcp } from "../../engine/workload/probe";
import { Workload } from "../../engine/workload/workload";
import { httpPort, watches } from "./watches";

/**
 * Binds VolumeSnapshots to what storage drivers make of them: the half of CSI snapshots that a cluster has once, whatever its
 * storage. The drivers bring the other half as a sidecar, and the classes.
 */
export const externalSnapshotter = defineApp({
  name: "external-snapshotter",
  priority: "platform",
  crds: ["external-snapshotter"],

  settings: z.object({
    image: imageSetting.default(image("registry.k8s.io/sig-storage/snapshot-controller", "v8.7.0")),
    /** One works, the others wait for its lease. */
    replicas: z.int().min(1).default(2),
  }),

  needs: () => ({ talksTo: { api: kubernetesApi() }, watches }),

  build(chart, { settings }) {
    new Workload(chart, "external-snapshotter", {
      image: settings.image,
      replicas: settings.replicas,
      // Metrics and health are served only where an address for them is given.
      // Snapshots of groups of volumes are on by default, and no driver here is set up for them: without their CRDs it looks for them
      // for half a minute at each start before it works: ensureVolumeGroupSnapshotCRDsExist in cmd/snapshot-controller/main.go, v8.7.0.
      args: ["--v=2", "--leader-election=true", `--http-endpoint=:${httpPort}`, "--feature-gates=CSIVolumeGroupSnapshot=false"],
      ports: { metrics: httpPort },
      resources: { cpu: "20m", memory: "64Mi", memoryLimit: "192Mi" },
      account: account(chart),
      // A leader that cannot renew its lease is beyond help: https://github.com/kubernetes-csi/csi-lib-utils/blob/master/leaderelection/leader_election.go
      probes: { ready: tcp(httpPort), live: http("/healthz/leader-election", httpPort) },
    });
  },
});

/**
 * Upstream's, without snapshots of groups of volumes, and without what only those or nobody uses: of pkg/common-controller at
 * v8.7.0, every call of a client, and what informers list and watch.
 */
const account = (chart: Chart): Account =>
  new Account(chart, "external-snapshotter", {
    documented: "the audit log of a real run (npm run e2e:operators); narrower than deploy/kubernetes/snapshot-controller/rbac-snapshot-controller.yaml of external-snapshotter",
    cluster: [
      { resources: ["persistentvolumes"], verbs: ["get", "list", "watch"], because: "which driver a claim's volume is of" },
      { resources: ["persistentvolumeclaims"], verbs: ["get", "list", "watch", "update"], because: "a finalizer keeps a claim while a snapshot of it is being made" },
      tellsEvents,
      { groups: ["snapshot.storage.k8s.io"], resources: ["volumesnapshotclasses"], verbs: ["list", "watch"], because: "how a snapshot is made" },
      { groups: ["snapshot.storage.k8s.io"], resources: ["volumesnapshotcontents"], verbs: ["list", "watch", "create", "patch", "delete"], because: "it makes one of each snapshot, for the driver to fill" },
      { groups: ["snapshot.storage.k8s.io"], resources: ["volumesnapshots"], verbs: ["get", "list", "watch", "update", "patch"], because: "it acts on these, and keeps each with a finalizer while something is made of it" },
      { groups: ["snapshot.storage.k8s.io"], resources: ["volumesnapshots/status"], verbs: ["update"], because: "whether it can be used stands in its status" },
    ],
    here: electsLeader("snapshot-controller-leader"),
  });
