import type { ImageSizes } from "../engine/model/image";

/**
 * What images may take of a node's disk where no app says: allowances, and no measurements. What a node has is in
 * `crictl images`; `npm run plan -- --fit` names the images that only the last line counts.
 */
export const imageSizes: ImageSizes = {
  each: {
    // With CUDA, cuDNN and PyTorch.
    "quay.io/jupyter/pytorch-notebook": "20Gi",
    // 4.19 GB in 2023: Unidata/science-gateway#867.
    "quay.io/jupyter/scipy-notebook": "8Gi",
    // Builds the kernel modules where it runs.
    "nvcr.io/nvidia/driver": "4Gi",
    // Whatever a pipeline asks for.
    "gitlab-runner's job": "8Gi",
  },
  others: "2Gi",
};
