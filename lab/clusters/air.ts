import { gitlabRunner } from "../../apps/gitlab-runner/gitlab-runner";
import { place } from "../../engine/model/placement";
import { foundation, onKind } from "../foundation";
import { kindCluster } from "../kind-cluster";

export const air = kindCluster({
  name: "air",
  role: "experiments and CI",
  environment: "development",
  index: 0,
  nodes: 4,
  share: { cpu: 1, memory: "4Gi" },
  roles: { ci: 3 },
  runs: [
    ...foundation({ space: "5Gi", retention: "3d", scrapeInterval: "60s", memory: "512Mi" }),
    ...onKind(),
    // One core a node: two small jobs at a time.
    place(gitlabRunner, { settings: { concurrent: 2, tags: ["arm64", "air"], jobs: { cpu: "250m", memory: "512Mi" } } }),
  ],
});
