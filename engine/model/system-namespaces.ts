/** Namespaces that Kubernetes makes and other components live in. */
export const systemNamespaces: readonly string[] = ["default", "kube-system", "kube-public", "kube-node-lease"];
