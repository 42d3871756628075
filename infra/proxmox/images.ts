import type { TerraformStack } from "cdktf";
import type { Lab } from "../../engine/model/lab";
import { machinesOf, type Proxmox } from "../../engine/model/proxmox";
import { DownloadFile } from "../../imports/proxmox/download-file";

/** The id of an image on a node, which a machine's first disk is imported from. */
export type Images = (image: string, node: string) => string;

/** Each image once on each node that makes a machine from it: Proxmox fetches it itself and checks what it got. */
export function images(stack: TerraformStack, proxmox: Proxmox, lab: Lab): Images {
  const wanted = [...new Set(machinesOf(lab).map(({ vm }) => `${vm.image} ${vm.on}`))].sort();
  const files = new Map(
    wanted.map((key) => {
      const [name = "", node = ""] = key.split(" ");
      const image = proxmox.images[name];
      if (!image) throw new Error(`there is no image ${name}`);
      const file = new DownloadFile(stack, `image-${name}-${node}`, {
        nodeName: node,
        datastoreId: image.datastore,
        contentType: "import",
        fileName: `${name}.qcow2`,
        url: image.url,
        checksum: image.sha512,
        checksumAlgorithm: "sha512",
        // An image that somebody else put there under this name is not ours to replace.
        overwriteUnmanaged: false,
      });
      return [key, file.id];
    }),
  );
  return (image, node) => files.get(`${image} ${node}`) ?? "";
}
