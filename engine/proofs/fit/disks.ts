import { allocatableOf } from "../../model/allocatable";
import type { Cluster, Node } from "../../model/cluster";
import { error, type Finding } from "../../model/finding";
import { repositoryOf, type ImageSizes } from "../../model/image";
import { bytesFrom, bytesOf } from "../../model/quantity";
import type { Packing } from "./pack";
import type { Room } from "./room";

/** An image that a pod's node has to pull. */
export interface Pull {
  /** `docker.io/ollama/ollama:0.32.15`, or whose it is where its name is not known. */
  readonly image: string;
  /** Unpacked; undefined where nobody said. */
  readonly bytes: number | undefined;
}

/** What a node's disk holds when every pod of the packing stands there. */
export interface Disk {
  readonly node: Node;
  readonly size: number;
  /** Volumes on it, and scratch space that is guaranteed. */
  readonly claimed: number;
  /** Images, each once, those of unknown size as the lab counts them. */
  readonly images: number;
  /** Images that nobody knows the size of: where the lab does not count them, they come on top. */
  readonly unknown: readonly string[];
}

/**
 * Below 15 % of what images are on, the kubelet evicts pods: https://kubernetes.io/docs/concepts/scheduling-eviction/node-pressure-eviction/#hard-eviction-thresholds.
 * The scheduler counts no images, so that a pod may well be sent where its image does not fit.
 */
const usable = 0.85;

/**
 * @param room as packed: what of the disk is still free there
 * @param sizes what the lab says of images that no app says the size of
 */
export function diskOf({ node, disk: free, seated }: Pick<Room, "node" | "disk" | "seated">, { each = {}, others }: ImageSizes = {}): Disk {
  const said = ({ image, bytes }: Pull): number | undefined => {
    const size = each[repositoryOf(image)];
    return bytes ?? (size === undefined ? undefined : bytesOf(size));
  };
  const pulls = [...new Map(seated.flatMap((set) => set.pulls).map((pull) => [pull.image, { image: pull.image, bytes: said(pull) }])).values()];
  const counted = others === undefined ? 0 : bytesOf(others);
  return {
    node,
    size: bytesOf(node.ephemeralStorage),
    claimed: allocatableOf(node).ephemeralStorage - free,
    images: pulls.reduce((sum, { bytes }) => sum + (bytes ?? counted), 0),
    unknown: pulls.filter(({ bytes }) => bytes === undefined).map(({ image }) => image).sort(),
  };
}

/** Every node has room for the images of its pods, beside the volumes on its disk. A disk that nobody described is not judged. */
export const imagesFit = (cluster: Cluster, { rooms }: Packing, sizes: ImageSizes | undefined): readonly Finding[] =>
  rooms
    .map((room) => diskOf(room, sizes))
    .filter(({ size, claimed, images }) => size > 0 && claimed + images > size * usable)
    .map(({ node, size, claimed, images, unknown }) =>
      error({
        rule: "images-fit",
        address: `${cluster.name}/${node.name}`,
        found: `images of ${bytesFrom(images)} beside ${bytesFrom(claimed)} of volumes and scratch space${unknown.length === 0 ? "" : sizes?.others === undefined ? `, and ${unknown.length} images of unknown size` : `, ${unknown.length} of the images counted as ${sizes.others}`}`,
        expected: `at most ${bytesFrom(Math.floor(size * usable))}: with less than 15 % of its disk free a node evicts its pods`,
        fix: "Claim less there, place something elsewhere with `on`, or give the node a larger disk",
      }),
    );
