import { foundation } from "../foundation";
import { kindCluster } from "../kind-cluster";

export const pro = kindCluster({
  name: "pro",
  role: "development and test",
  environment: "development",
  index: 1,
  nodes: 7,
  share: { cpu: 1, memory: "5Gi" },
  roles: { platform: 2, apps: 4 },
  runs: [...foundation()],
});
