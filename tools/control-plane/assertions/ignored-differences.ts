import { fieldOf, type KubernetesObject } from "../kubernetes/object";
import type { Assertion } from "./assertion";

/** "Synced" means the same as in git: nobody told Argo CD to look away, neither in an Application nor for a kind. */
export function nothingIsIgnored(applications: readonly KubernetesObject[], configuration: KubernetesObject | undefined): Assertion {
  const own = applications.filter((application) => fieldOf(application, "spec", "ignoreDifferences") !== undefined).map(({ metadata }) => `Application ${metadata.name} has ignoreDifferences`);
  const data = fieldOf(configuration, "data");
  const keys = typeof data === "object" && data !== null ? Object.keys(data) : [];
  const ofKinds = keys.filter((key) => key.startsWith("resource.customizations.ignoreDifferences") || key === "resource.customizations").map((key) => `argocd-cm has ${key}`);
  const unread = configuration === undefined ? ["there is no argocd-cm"] : [];
  return { says: "no difference of any object is ignored", problems: [...own, ...ofKinds, ...unread] };
}
