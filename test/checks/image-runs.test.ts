import { z } from "zod";
import { imageRuns } from "../../engine/checks/releases/image-runs";
import { nodeOn } from "../../engine/model/cluster";
import { image, imageSetting, type Architecture } from "../../engine/model/image";
import { place } from "../../engine/model/placement";
import { appOf, clusterOf, hostOf, twoHosts, worldOf } from "../lab-of";

const runs = (architectures: readonly Architecture[], on = {}, tolerates: readonly { key: string; effect: "NoSchedule" }[] = []) => {
  const app = appOf({ settings: z.object({ image: imageSetting.default(image("docker.io/x/y", "1", { architectures })) }) });
  const arm = {
    ...nodeOn(hostOf({ name: "arm", arch: "arm64", last: 13 }), { network: "lan", role: "worker" }),
    taints: [{ key: "arm", effect: "NoSchedule" as const }],
  };
  return imageRuns(
    worldOf({
      clusters: [clusterOf({ nodes: [nodeOn(twoHosts[0]!, { network: "lan", role: "control-plane" }), arm], runs: [place(app, { on, tolerates })] })],
    }),
  );
};

test("an image without the architecture of any node it could land on is found", () => {
  expect(runs(["arm64"]).map((it) => it.found)).toEqual(["docker.io/x/y:1 is built for arm64, and the nodes it may run on are amd64"]);
  expect(runs(["amd64"], { "kubernetes.io/arch": "arm64" })).toHaveLength(1);
});

test("one node that it may run on is enough: its taint tolerated, its labels asked for", () => {
  expect(runs(["arm64"], {}, [{ key: "arm", effect: "NoSchedule" }])).toEqual([]);
  expect(runs(["amd64", "arm64"])).toEqual([]);
});
