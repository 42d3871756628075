/**
 * The RuntimeClass of pods with a GPU. Not `nvidia`: that one k3s makes by itself on a node with NVIDIA's runtime, and the operator
 * makes, changes and deletes the one that it is told of.
 */
export const workloadClass = "nvidia-gpu";

/** Keeps pods without a GPU off nodes with one; the operator's own pods tolerate it. */
export const gpuTaint = "nvidia.com/gpu";
