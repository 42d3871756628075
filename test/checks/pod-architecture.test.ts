import { z } from "zod";
import { podArchitecture } from "../../engine/checks/manifests/pod-architecture";
import { nodeOn } from "../../engine/model/cluster";
import { image, imageSetting } from "../../engine/model/image";
import { place } from "../../engine/model/placement";
import { appOf, clusterOf, hostOf, twoHosts, worldOf } from "../lab-of";
import { deployment } from "./objects";

const app = appOf({ settings: z.object({ image: imageSetting.default(image("docker.io/x/y", "1", { architectures: ["amd64"] })) }) });
const nodes = [twoHosts[0]!, hostOf({ name: "arm", arch: "arm64", last: 13 })].map((host) => nodeOn(host, { network: "lan", role: "worker" }));
const [release] = worldOf({ clusters: [clusterOf({ nodes, runs: [place(app)] })] }).releases;
const found = (nodeSelector: Readonly<Record<string, string>>) =>
  podArchitecture([{ release: release!, manifests: [deployment({ pod: { nodeSelector } })], findings: [] }]).map((it) => it.found);

test("a pod that may land where its image does not run is found", () => {
  expect(found({})).toEqual(["Deployment/app may land on arm (arm64), and container app is built for amd64"]);
});

test("a pod that selects the architecture is fine; labels that controllers set later keep it nowhere", () => {
  expect(found({ "kubernetes.io/arch": "amd64" })).toEqual([]);
  expect(found({ "kubernetes.io/arch": "amd64", "set.later/by": "somebody" })).toEqual([]);
});
