import { podSafe } from "../../engine/checks/manifests/pod-safe";
import type { Made } from "../../engine/model/makes";
import type { Manifest } from "../../engine/model/manifest";
import { kubernetesApi } from "../../engine/model/needs";
import { appOf, builtFrom } from "../lab-of";
import { container, deployment, object } from "./objects";

const found = (...manifests: readonly Manifest[]) =>
  podSafe(builtFrom(manifests).built).map((it) => it.expected.replace(/^no pod that breaks "(.*)" without a reason$/, "$1"));
const own = container.securityContext!;

/** What each control is for: a pod that breaks it and nothing else. */
const broken: Readonly<Record<string, Manifest>> = {
  "host-network": deployment({ pod: { hostNetwork: true } }),
  "host-pid": deployment({ pod: { hostPID: true } }),
  "host-path": deployment({ pod: { volumes: [{ name: "data", hostPath: { path: "/" } }] } }),
  "host-port": deployment({ container: { ports: [{ containerPort: 80, hostPort: 80 }] } }),
  privileged: deployment({ container: { securityContext: { privileged: true, readOnlyRootFilesystem: true } } }),
  "dangerous-capabilities": deployment({ container: { securityContext: { ...own, capabilities: { drop: ["ALL"], add: ["NET_ADMIN"] } } } }),
  "unmasked-proc": deployment({ container: { securityContext: { ...own, procMount: "Unmasked" } } }),
  "unconfined-seccomp": deployment({ container: { securityContext: { ...own, seccompProfile: { type: "Unconfined" } } } }),
  "unconfined-apparmor": deployment({ container: { securityContext: { ...own, appArmorProfile: { type: "Unconfined" } } } }),
  "selinux-options": deployment({ container: { securityContext: { ...own, seLinuxOptions: { type: "spc_t" } } } }),
  "unsafe-sysctls": deployment({
    pod: { securityContext: { runAsNonRoot: true, seccompProfile: { type: "RuntimeDefault" }, sysctls: [{ name: "kernel.msgmax", value: "1" }] } },
  }),
  "probe-host": deployment({ container: { livenessProbe: { httpGet: { path: "/", port: 80, host: "192.168.40.1" } } } }),
  "added-capabilities": deployment({ container: { securityContext: { ...own, capabilities: { drop: ["ALL"], add: ["CHOWN"] } } } }),
  "privilege-escalation": deployment({ container: { securityContext: { ...own, allowPrivilegeEscalation: true } } }),
  root: deployment({ pod: { securityContext: { runAsUser: 0, seccompProfile: { type: "RuntimeDefault" } } } }),
  "volume-types": deployment({ pod: { volumes: [{ name: "data", nfs: { server: "nas" } }] } }),
  "writable-root": deployment({ container: { securityContext: { ...own, readOnlyRootFilesystem: false } } }),
  "no-limits": deployment({ container: { resources: { requests: { cpu: "1", memory: "1Gi" } } } }),
  "no-probes": deployment({ container: { livenessProbe: container.readinessProbe } }),
  "service-account-token": deployment({ pod: { automountServiceAccountToken: true } }),
  "single-replica-update": deployment({ container: { resources: { ...container.resources, limits: { memory: "1Gi", "nvidia.com/gpu": 1 } } } }),
  "governing-service": deployment({ kind: "StatefulSet", spec: { serviceName: "app" } }),
};

test.each(Object.entries(broken))("a pod that breaks %s without a reason is found", (control, manifest) => {
  expect(found(manifest)).toEqual([control]);
});

test.each(Object.keys(broken))("a reasoned exemption from %s is taken, and refused once nothing needs it", (control) => {
  const exempt = { [control]: "for a reason" };
  const { spec } = broken[control]! as unknown as { spec: { template: { metadata: object } } };
  expect(
    found({
      ...broken[control]!,
      spec: { ...spec, template: { ...spec.template, metadata: { annotations: { [`exempt.hearth.dev/${control}`]: "for a reason" } } } },
    }),
  ).toEqual([]);
  expect(found(deployment({ exempt }))).toEqual(["exemptions that something needs"]);
});

test("a ConfigMap whose change rolls nothing is found; one with its checksum is not", () => {
  const mounting = deployment({ pod: { volumes: [{ name: "config", configMap: { name: "config" } }] } });
  expect(found(object("ConfigMap", "config"), mounting)).toEqual(["config-reload"]);
  expect(found(mounting)).toEqual([]);
});

test("the Service that names a StatefulSet's pods is of its own namespace, written or made by a controller", () => {
  const governed = deployment({ kind: "StatefulSet", spec: { serviceName: "peers" } });
  const made: Made = { component: "db", labels: {}, count: 1, requests: { cpu: "10m", memory: "10Mi" }, objects: ["Service/peers"] };
  expect(found(governed, object("Service", "peers"))).toEqual([]);
  expect(podSafe(builtFrom([governed], appOf({ makes: [made] })).built)).toEqual([]);
  expect(found(governed, object("Service", "pers"))).toEqual(["governing-service"]);
  expect(found(governed, object("Service", "peers", { metadata: { name: "peers", namespace: "other" } }))).toEqual(["governing-service"]);
});

test("a volume that one pod may mount is stopped with Recreate, and never shared by two", () => {
  const claim = object("PersistentVolumeClaim", "data", { spec: { accessModes: ["ReadWriteOnce"] } });
  const mounting = (spec: object) =>
    deployment({ pod: { volumes: [{ name: "data", persistentVolumeClaim: { claimName: "data" } }] }, spec: { ...spec } });
  expect(found(claim, mounting({}))).toEqual(["single-replica-update"]);
  expect(found(claim, mounting({ replicas: 2, strategy: { type: "Recreate" } }))).toEqual(["single-replica-update"]);
  expect(found(claim, mounting({ strategy: { type: "Recreate" } }))).toEqual([]);
});

test("a word that is no control is found on pods, and on pods that a controller makes", () => {
  const made = { component: "job", labels: {}, count: 1, requests: { cpu: "1", memory: "1Gi" }, exempt: { rooot: "x" } } as const;
  expect(podSafe(builtFrom([deployment({ exempt: { hostnet: "x" } })], appOf({ makes: [made] })).built).map((it) => it.rule)).toEqual([
    "exemption-stale",
    "exemption-stale",
  ]);
});

test("who declares that it calls the Kubernetes API gets a token", () => {
  const app = appOf({ needs: { talksTo: { api: kubernetesApi({ from: "app" }) } } });
  expect(podSafe(builtFrom([broken["service-account-token"]!], app).built)).toEqual([]);
});

test("what is implied needs no exemption of its own: a privileged container, ports on the node's network", () => {
  expect(
    found(
      deployment({
        container: { securityContext: { privileged: true, readOnlyRootFilesystem: true }, ports: [{ containerPort: 80, hostPort: 80 }] },
        pod: { hostNetwork: true },
        exempt: { privileged: "x", "host-network": "x" },
      }),
    ),
  ).toEqual([]);
});

test("jobs need no probes, and root in a user namespace is no root", () => {
  const job = deployment({ kind: "Job", container: { startupProbe: undefined, readinessProbe: undefined, livenessProbe: undefined } });
  expect(
    found(job, deployment({ pod: { hostUsers: false, securityContext: { runAsUser: 0, seccompProfile: { type: "RuntimeDefault" } } } })),
  ).toEqual([]);
});

test("a pod that keeps every safe default is fine", () => {
  expect(found(deployment())).toEqual([]);
});
