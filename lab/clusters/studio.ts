import { foundation } from "../foundation";
import { kindCluster } from "../kind-cluster";

export const studio = kindCluster({
  name: "studio",
  role: "production AI agents, and the Argo CD that syncs the lab",
  environment: "production",
  index: 2,
  nodes: 12,
  share: { cpu: 1, memory: "8Gi" },
  roles: { platform: 4, agents: 7 },
  runs: [...foundation()],
});
