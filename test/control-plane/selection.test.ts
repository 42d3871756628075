import type { Built } from "../../engine/model/built";
import type { StartEdge } from "../../engine/model/start-order";
import { classExists } from "../../engine/checks/manifests/class-exists";
import { namespaceExists } from "../../engine/checks/manifests/namespace-exists";
import type { ReleaseOutput } from "../../tools/control-plane/manifests/lab-output";
import { leaningOf, withWhatTheyLeanOn } from "../../tools/control-plane/manifests/leaning";
import { selectedFolders, type SyncedFolder } from "../../tools/control-plane/manifests/synced-folder";
import { labs, synthesisOf } from "../labs";

const release = (cluster: string, app: string): ReleaseOutput => ({ cluster, app, manifests: [] });
const edge = (from: string, to: string): StartEdge => ({ from, to, because: "" });

const ollama = release("forge", "ollama");
const gpus = release("forge", "gpus");
const secrets = release("forge", "secrets");
const elsewhere = release("pi", "gpus");
const webui = release("forge", "open-webui");
const argocd = release("studio", "argo-cd");
const all = [ollama, gpus, secrets, elsewhere, webui, argocd];
const edges = [edge("forge/ollama", "forge/gpus"), edge("forge/gpus", "forge/secrets"), edge("pi/gpus", "forge/secrets")];

test("a part has what its releases lean on, and what those lean on", () => {
  expect(withWhatTheyLeanOn([ollama], all, edges)).toEqual([ollama, gpus, secrets]);
  expect(withWhatTheyLeanOn([webui], all, edges)).toEqual([webui]);
});

const folder = (cluster: string, name: string): SyncedFolder => ({ cluster, name, application: `${cluster}-${name}`, folder: name.startsWith("crds-") ? "config/crds" : `dist/${cluster}/${name}`, repository: "", revision: "", include: "", file: "" });

describe("forge's ollama alone", () => {
  const folders = [...all.map(({ cluster, app }) => folder(cluster, app)), folder("forge", "crds-x"), folder("forge", "argocd-manager"), folder("pi", "crds-x")];
  const selected = (cluster: string, app: string): readonly string[] => selectedFolders(folders, all, { cluster, app }, argocd, edges).map(({ application }) => application);

  test("comes with its helpers, its cluster's definitions and access, and the hub's Argo CD", () => {
    expect(selected("forge", "ollama")).toEqual(["forge-ollama", "forge-gpus", "forge-secrets", "studio-argo-cd", "forge-crds-x", "forge-argocd-manager"]);
  });

  test("and where a helper is on another cluster, with that one's definitions and access, too", () => {
    expect(selected("pi", "gpus")).toEqual(["forge-secrets", "pi-gpus", "studio-argo-cd", "forge-crds-x", "forge-argocd-manager", "pi-crds-x"]);
  });

  test("is no part that is not there", () => {
    expect(() => selected("pi", "ollama")).toThrow("The lab has no release ollama on pi.");
  });

  test("everything is everything", () => {
    expect(selectedFolders(folders, all, {}, argocd, edges)).toEqual(folders);
  });
});

/** What nothing in a part makes, of all that its objects stand in or name. */
const missingIn = (part: readonly Built[]): readonly string[] => [...namespaceExists(part), ...classExists(part)].map(({ found }) => found);

const outputOf = ({ release: { cluster, name }, manifests }: Built): ReleaseOutput => ({ cluster: cluster.name, app: name, manifests: manifests.map((object) => ({ file: "", object })) });

describe.each(Object.keys(labs))("in %s", (lab) => {
  const { world, built } = synthesisOf(lab);
  const outputs = new Map(built.map((it) => [it.release.address, outputOf(it)]));
  const leanings = leaningOf(world, [...outputs.values()]);

  test.each([...outputs.keys()])("%s alone stands in no namespace and names no class that its part lacks", (address) => {
    const part = withWhatTheyLeanOn([outputs.get(address)!], [...outputs.values()], leanings);
    expect(missingIn(built.filter((it) => part.includes(outputs.get(it.release.address)!)))).toEqual([]);
  });
});

test("who reads copies before its first start has in its part who keeps them: its Role stands there", () => {
  const { world, built } = synthesisOf("lab");
  const outputs = built.map(outputOf);
  const part = withWhatTheyLeanOn(outputs.filter(({ cluster, app }) => cluster === "forge" && app === "jupyterhub"), outputs, leaningOf(world, outputs));
  const without = part.filter(({ app }) => app !== "velero").map(({ cluster, app }) => `${cluster}/${app}`);
  expect(part.length - without.length).toBe(1);
  expect(missingIn(built.filter(({ release }) => without.includes(release.address)))).toEqual(expect.arrayContaining([expect.stringContaining("stands in namespace velero")]));
});
