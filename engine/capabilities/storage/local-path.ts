import { bytesOf } from "../../model/quantity";
import type { Distribution } from "../../model/distribution";
import type { StorageProvider } from "../../model/provides";
import { recipe } from "../../model/recipe";
import { storageClass } from "../../workload/storage-class";

/** Volumes on the node's own disk: fast, and gone with the node. Right for what can be downloaded again. */
export const localPath = recipe((distribution: Distribution): StorageProvider => {
  return storageClass({
    storageClassName: distribution.localPathClass,
    accessModes: ["ReadWriteOnce"],
    nodeLocal: true,
    snapshots: false,
    // Velero skips hostPath volumes with only a warning; `local` ones it copies. https://github.com/rancher/local-path-provisioner#usage
    claimAnnotations: { volumeType: "local" },
    capacity: ({ cluster }) => Math.max(...cluster.nodes.map((node) => bytesOf(node.ephemeralStorage))),
  });
});
