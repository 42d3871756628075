import { objectName } from "../engine/model/manifest";
import { synthesisOf } from "./labs";

/** A few objects that say most about how the engine writes; dist/ is the whole snapshot, and CI compares it. */
const chosen = [
  ["forge/ollama", "Deployment/ollama"],
  ["forge/ollama", "NetworkPolicy/ollama"],
  ["forge/traefik", "Service/traefik-lan"],
  ["pi/prometheus-operator", "Deployment/prometheus-operator"],
  ["pi/prometheus", "Prometheus/prometheus"],
  ["air/gitlab-runner", "Namespace/gitlab-runner-builds"],
  ["studio/open-webui", "PersistentVolumeClaim/open-webui-data"],
  ["studio/argocd", "StatefulSet/argocd-application-controller"],
] as const;

test.each(chosen)("%s %s", (address, name) => {
  const built = synthesisOf("lab").built.find(({ release }) => release.address === address);
  const manifest = built?.manifests.find((it) => objectName(it) === name);
  if (!manifest) throw new Error(`${address} has ${built?.manifests.map(objectName).join(", ") ?? "not been placed"}`);
  expect(manifest).toMatchSnapshot();
});
