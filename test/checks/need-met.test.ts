import { needMet } from "../../engine/checks/releases/need-met";
import { kind } from "../../engine/model/distribution";
import { bucket, precious, rebuildable, shared, vault, type Needs } from "../../engine/model/needs";
import { place } from "../../engine/model/placement";
import { appOf, clusterOf, testProviders, worldOf, worldRunning } from "../lab-of";

const all = {
  stores: { data: precious("1Gi"), files: shared(rebuildable("1Gi")), objects: bucket(rebuildable("1Gi")) },
  secrets: { token: vault("token") },
  gpu: { vendor: "nvidia", count: 1, memory: "8Gi" },
  exposes: { web: { port: 8080, scheme: "http", reach: "lan" }, mqtt: { port: 1883, scheme: "tcp", reach: "lan" } },
} as const satisfies Needs;
const app = appOf({ needs: all });
const foundOn = (cluster: Parameters<typeof clusterOf>[0]) => needMet(worldOf({ clusters: [clusterOf({ runs: [place(app)], ...cluster })] }));

test("each need that no provider meets is found", () => {
  const nothing = { storage: {}, buckets: undefined, secrets: undefined, gpu: undefined, ingress: undefined, loadBalancer: undefined };
  expect(foundOn({ provides: nothing }).map((it) => it.found.slice(0, 20))).toEqual([
    "stores.data wants st",
    "stores.files wants s",
    "it needs stores.obje",
    "exposes.web reaches ",
    "exposes.mqtt reaches",
    "it needs secrets, an",
    "it needs gpu, 1 of n",
  ]);
});

test("the fix names clusters that do provide it", () => {
  const world = worldOf({ clusters: [clusterOf({ runs: [place(app)], provides: { gpu: undefined } }), clusterOf({ name: "two" })] });
  expect(needMet(world).map((it) => it.fix)).toEqual(["Add `gpu` to the cluster's `provides`, or place it on one that has it: two"]);
});

test("storage that one pod mounts does not do for many, and another vendor's GPU for none", () => {
  const provides = {
    storage: { ...testProviders.storage, shared: testProviders.storage["precious"]! },
    gpu: { ...testProviders.gpu!, vendor: "amd" as const },
  };
  expect(foundOn({ provides }).map((it) => it.expected)).toEqual(["storage with ReadWriteMany", "a provider of the same vendor"]);
});

test("on Kind the LAN comes in through ports of the host, and needs no address", () => {
  const hostPorts = { host: "one-1", from: 21000, to: 21999, http: 21080, https: 21443 };
  expect(foundOn({ distribution: kind() })).toHaveLength(2);
  expect(foundOn({ distribution: kind(), network: { hostPorts }, provides: { loadBalancer: undefined } })).toEqual([]);
});

test("without certificates the owner is warned, and nothing stops", () => {
  expect(foundOn({ provides: { certificates: undefined } }).map((it) => it.severity)).toEqual(["warning"]);
});

test("a cluster that provides everything meets every need", () => {
  expect(needMet(worldRunning(place(app)))).toEqual([]);
});
