import type { Manifest } from "../model/manifest";
import type { PodSecurityLevel } from "../model/pod-security";
import type { Release } from "../model/release";

/** A namespace with the Pod Security level that the pods in it really need. */
export function namespace(release: Release, name: string, level: PodSecurityLevel): Manifest {
  const observed = release.placement.enforcement === "observe";
  return {
    apiVersion: "v1",
    kind: "Namespace",
    metadata: {
      name,
      labels: {
        "app.kubernetes.io/managed-by": "hearth",
        "app.kubernetes.io/instance": release.name,
        ...(observed ? {} : { "pod-security.kubernetes.io/enforce": level }),
        "pod-security.kubernetes.io/warn": level,
        "pod-security.kubernetes.io/audit": level,
      },
    },
  };
}
