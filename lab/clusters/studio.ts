import { argoCd } from "../../apps/argo-cd/argo-cd";
import { openWebui } from "../../apps/open-webui/open-webui";
import { velero } from "../../apps/velero/provides";
import { velero as veleroApp } from "../../apps/velero/velero";
import { place } from "../../engine/model/placement";
import { foundation, onKind, statusPage } from "../foundation";
import { kindCluster } from "../kind-cluster";

/** Kind has no storage that all nodes reach; it is backed up. */
const oneMachine = { because: "its volume is on one node, and all nodes are one Mac: they go down together" };

export const studio = kindCluster({
  name: "studio",
  role: "production AI agents, and the Argo CD that syncs the lab",
  environment: "production",
  index: 2,
  nodes: 12,
  share: { cpu: 1, memory: "8Gi" },
  roles: { platform: 4, agents: 7 },
  provides: { backup: velero() },
  runs: [
    ...foundation({ space: "20Gi", retention: "15d", memory: "1Gi" }),
    ...onKind(),
    statusPage(),
    place(veleroApp, { settings: { projectNumber: "123456789012" }, downWithItsNode: oneMachine }),
    place(argoCd, { as: "argocd" }),
    // The Mac's own Ollama reaches its GPU, which containers on a Mac do not.
    place(openWebui, { using: { models: "mac-ollama" }, downWithItsNode: oneMachine }),
    // The models that need a large GPU, over the LAN: forge shows a certificate of the lab's authority.
    place(openWebui, { as: "open-webui-large", using: { models: "forge/ollama" }, downWithItsNode: oneMachine }),
  ],
});
