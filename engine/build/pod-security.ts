import type { Manifest } from "../model/manifest";
import { controls, exemptionPrefix, laxest, type PodSecurityControl, type PodSecurityLevel } from "../model/pod-security";
import { podTemplateOf } from "../model/pod-template";
import type { Release } from "../model/release";

const isControl = (name: string): name is PodSecurityControl => name in controls;

/** The level a namespace needs for what is exempted in it. That the exemptions are true and needed is a check's business. */
export function podSecurityLevel(release: Release, manifests: readonly Manifest[], namespace: string): PodSecurityLevel {
  const written = manifests
    .filter((manifest) => (manifest.metadata.namespace ?? release.namespace) === namespace)
    .flatMap((manifest) => Object.keys(podTemplateOf(manifest)?.metadata?.annotations ?? {}))
    .filter((annotation) => annotation.startsWith(exemptionPrefix))
    .map((annotation) => annotation.slice(exemptionPrefix.length));
  const made = release.makes.filter((it) => (it.namespace ?? release.namespace) === namespace).flatMap((it) => Object.keys(it.exempt ?? {}));
  return laxest([...written, ...made].filter(isControl).map((control) => controls[control]));
}
