import path from "node:path";
import type { World } from "../../../engine/model/resolve";
import { importedOperators } from "../../../imports/operators";
import { startArgoCd } from "../argocd/components";
import type { Binaries } from "../build/binaries";
import { firstAddress } from "../cluster/api-server";
import type { LabUnderTest } from "../cluster/cluster-under-test";
import { startCluster } from "../cluster/start-cluster";
import { startTestbed, type Testbed } from "../cluster/testbed";
import type { DefinitionSource } from "../definitions/definition-source";
import { standingDefinitions } from "../definitions/standing-definitions";
import { gitHosts } from "../git/git-hosts";
import { startGitServer } from "../git/git-server";
import { createRepository, type Repository } from "../git/repository";
import { createUpstreamRepositories, type UpstreamRepository } from "../git/upstream-repositories";
import { leaningOf } from "../manifests/leaning";
import { readLabOutput, type LabOutput, type Selection } from "../manifests/lab-output";
import { readSyncedFolders, selectedFolders, type SyncedFolder } from "../manifests/synced-folder";
import type { Addresses, ServiceName } from "../network/addresses";
import { inFlight } from "../processes/in-flight";
import type { Processes, Running } from "../processes/processes";
import { play } from "../stand-ins/play";
import { Vault } from "../stand-ins/vault";
import { webhookServices } from "../stand-ins/webhook-configuration";
import { WEBHOOK_CERTIFICATE } from "../stand-ins/webhooks";
import { accessKey, bootstrapHub, bootstrapSpoke } from "./bootstrap";
import { hubRelease } from "./hub-release";
import type { RunningLab } from "./running-lab";
import { copyOutput } from "./served-copy";
import { step } from "./step";

/** What is stood up. */
export interface StandUpRequest {
  readonly lab: LabUnderTest;
  readonly world: World;
  readonly addresses: Addresses;
  /** The repository whose dist/ and argocd/ are synced. */
  readonly root: string;
  readonly selection: Selection;
  /** Definitions that dist/ does not bring. */
  readonly elsewhere: readonly DefinitionSource[];
  /** KWOK's stages for Kubernetes' own kinds. */
  readonly stagesDirectory: string;
  /** docs/bootstrap.md, whose marked steps are performed. */
  readonly bootstrapDocument: string;
  /** Services of webhooks that come with a later commit, and are called by these names. */
  readonly webhooksToCome?: readonly ServiceName[];
}

/** Stands a lab up and points its Argo CD at what is committed, as the owner does from nothing. */
export async function standUp(processes: Processes, binaries: Binaries, request: StandUpRequest): Promise<RunningLab> {
  const { lab, addresses, root, selection } = request;
  const output = readLabOutput(root);
  const { release, namespace } = hubRelease(output, lab.hub);
  const folders = readSyncedFolders(root);
  const synced = selectedFolders(folders, output.releases, selection, release, leaningOf(request.world, output.releases));
  const needed = lab.clusters.filter(({ name }) => synced.some(({ cluster }) => cluster === name));

  const hosts = Object.fromEntries(needed.map(({ name, api, services }) => [name, [new URL(api).hostname, addresses.endpoints.get(name)!.address, firstAddress(services), "kubernetes.default.svc"]]));
  const testbed = await startTestbed(processes, binaries, { ...hosts, git: gitHosts(lab), [WEBHOOK_CERTIFICATE]: webhookHosts(output, request.webhooksToCome ?? []) });
  const { repository, gitServer, definitions } = await step("Serve the repository", () => serve(testbed, request, folders.filter((folder) => !synced.includes(folder))));
  const commit = repository.commit("What is committed");
  const clusters = await step(`Stand up ${needed.map(({ name }) => name).join(", ")}`, () =>
    inFlight(2, needed, (under) => {
      const described = request.world.lab.clusters.find(({ name }) => name === under.name)!;
      const brings = [...under.brings, ...standingDefinitions(request.world, described, request.elsewhere)];
      return startCluster(testbed, { ...under, brings }, addresses.endpoints.get(under.name)!, request.stagesDirectory);
    }),
  );
  const hub = clusters.find(({ under }) => under.name === lab.hub)!;
  const spokes = clusters.filter((cluster) => cluster !== hub);
  const vault = new Vault(new Set(spokes.map(({ under }) => accessKey(under.name))));
  for (const { name } of lab.clusters.filter((under) => !needed.includes(under))) vault.put(accessKey(name), ACCESS_TO_NOWHERE);
  const parts = play(testbed, clusters, { vault, conversions: output.definitions.map(({ object }) => object).filter((object) => webhookServices(object).length > 0) });
  const setting = { testbed, clusters, workTree: repository.workTree, document: request.bootstrapDocument };
  await step("Start the hub, as docs/bootstrap.md says", (say) => bootstrapHub(setting, hub, say));
  const argocd = await step("Start Argo CD", () => startArgoCd(testbed, hub, namespace, gitHosts(lab)));
  if (spokes.length > 0) await step("Join each other cluster, as docs/bootstrap.md says", () => inFlight(2, spokes, (spoke) => bootstrapSpoke(setting, hub, spoke, vault)));
  return { testbed, repository, gitServer, definitions, commit, clusters, hub, argocd, play: parts, vault, world: request.world, output, selection, synced };
}

/** What the vault holds of a cluster that a part of the lab does without. */
const ACCESS_TO_NOWHERE = JSON.stringify({ bearerToken: "none" });

/** The names that the API servers call webhooks by. */
function webhookHosts({ definitions, releases }: LabOutput, toCome: readonly ServiceName[]): readonly string[] {
  const objects = [...definitions, ...releases.flatMap(({ manifests }) => manifests)].map(({ object }) => object);
  return ["localhost", ...new Set([...objects.flatMap(webhookServices), ...toCome].map(({ name, namespace }) => `${name}.${namespace}.svc`))];
}

async function serve({ processes, binaries, certificates }: Testbed, { lab, root, elsewhere }: StandUpRequest, leftOut: readonly SyncedFolder[]): Promise<{ readonly repository: Repository; readonly gitServer: Running; readonly definitions: readonly UpstreamRepository[] }> {
  const serverRoot = path.join(processes.directory, "git");
  const workTrees = path.join(processes.directory, "work-trees");
  const repository = createRepository(serverRoot, path.join(workTrees, "lab"), lab.repository, lab.branch);
  copyOutput(root, repository.workTree, leftOut);
  const definitions = createUpstreamRepositories(serverRoot, workTrees, importedOperators, elsewhere);
  return { repository, definitions, gitServer: await startGitServer(processes, binaries, certificates, serverRoot) };
}
