import { setMaxListeners } from "node:events";
import { copyFileSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import type { Lab } from "../../../engine/model/lab";
import { resolve } from "../../../engine/model/resolve";
import type { Binaries } from "../../control-plane/build/binaries";
import { firstAddress, type Endpoint } from "../../control-plane/cluster/api-server";
import type { ClusterUnderTest } from "../../control-plane/cluster/cluster-under-test";
import { startCluster } from "../../control-plane/cluster/start-cluster";
import { startTestbed } from "../../control-plane/cluster/testbed";
import type { Assertion } from "../../control-plane/assertions/assertion";
import { sourceOf } from "../../control-plane/definitions/definition-source";
import { definitionSources } from "../../control-plane/definitions/definition-sources";
import { standIn } from "../../control-plane/definitions/stand-in";
import { installDefinitions } from "../../control-plane/definitions/install-definitions";
import { fieldOf, type KubernetesObject } from "../../control-plane/kubernetes/object";
import { readLabOutput } from "../../control-plane/manifests/lab-output";
import { inFlight } from "../../control-plane/processes/in-flight";
import type { Processes } from "../../control-plane/processes/processes";
import { step } from "../../control-plane/run/step";
import { playExternalSecrets } from "../../control-plane/stand-ins/external-secrets";
import { webhookServices } from "../../control-plane/stand-ins/webhook-configuration";
import { Vault } from "../../control-plane/stand-ins/vault";
import type { OperatorBinaries } from "../build/build-operators";
import { Kubelet } from "../pods/kubelet";
import { KUBELET_CERTIFICATE, NODE_ADDRESS, standForKubeletMetrics } from "../pods/kubelet-metrics";
import { afterRestores } from "../pods/restore-wait";
import { Volumes } from "../pods/volumes";
import type { AccountUse } from "../rbac/account-use";
import { settledUses } from "./account-uses";
import { applyUntilAccepted, turnsOf } from "./apply-committed";
import { committed, OUTSIDE_CERTIFICATE, type LabCluster } from "./lab-cluster";
import type { Operator } from "./operator";
import { ownersValue } from "./owners-value";
import { refusalIsSeen } from "./refusal-is-seen";
import { startOperator } from "./start-operator";

/** What is run, and where. */
export interface OperatorsRequest {
  readonly lab: Lab;
  readonly under: ClusterUnderTest;
  readonly endpoint: Endpoint;
  readonly root: string;
  /** KWOK's stages for Kubernetes' own kinds. */
  readonly stagesDirectory: string;
  readonly operators: readonly Operator[];
  readonly programs: OperatorBinaries;
}

/** What was found. */
export interface OperatorsOutcome {
  readonly assertions: readonly Assertion[];
  readonly uses: readonly AccountUse[];
}

/** Runs operators against everything that is committed for one cluster, and looks what they do with it. */
export async function runOperators(processes: Processes, binaries: Binaries, request: OperatorsRequest): Promise<OperatorsOutcome> {
  const { operators, under } = request;
  const ending = new AbortController();
  // Everything that goes on beside processes listens to it.
  setMaxListeners(0, ending.signal);
  try {
    const cluster = await step(`Stand up ${under.name} with everything that is committed for it`, () => standUp(processes, binaries, request, ending.signal));
    const { builtIn, custom } = turnsOf(cluster.objects.map((object) => asApplied(object, cluster, operators)));
    await step("Apply what Kubernetes understands", () => applyUntilAccepted(cluster.running.api, builtIn.filter((object) => isAnswered(object, operators)), 60));
    // Who answers the API server comes first; the others may wait for what the first ones make of custom resources.
    const answering = operators.filter(({ parts }) => parts.some(({ webhook }) => webhook !== undefined));
    const others = operators.filter((operator) => !answering.includes(operator));
    await start(cluster, answering);
    await step("Apply what operators understand, through their webhooks", () => applyUntilAccepted(cluster.running.api, custom, 90));
    if (!operators.some(({ name }) => name === "external-secrets")) await playExternalSecrets(cluster.running, vaultOf(cluster));
    await start(cluster, others);
    const assertions = await step("See what they make of it", () => inFlight(operators.length, operators, (operator) => operator.examine(cluster)));
    const uses = await step("Wait until they ask for nothing new", () => settledUses(cluster, operators));
    return { assertions: [...assertions.flat(), await refusalIsSeen(cluster, uses[0]!.account)], uses };
  } finally {
    ending.abort();
  }
}

async function start(cluster: LabCluster, operators: readonly Operator[]): Promise<void> {
  if (operators.length === 0) return;
  await step(`Start ${operators.map(({ name }) => name).join(", ")}`, async () => {
    for (const operator of operators) await startOperator(cluster, operator);
  });
}

/** A committed object, with what it names outside of the cluster stood for. */
const asApplied = (object: KubernetesObject, cluster: LabCluster, operators: readonly Operator[]): KubernetesObject =>
  operators.reduce((changed, { applied }) => applied?.(changed, cluster) ?? changed, object);

/** What the owner would have put into the vault. */
function vaultOf(cluster: LabCluster): Vault {
  const vault = new Vault();
  const references = committed(cluster, "ExternalSecret").flatMap((object) => fieldOf(object, "spec", "data") ?? []);
  const keys = references.flat().map((reference) => String(fieldOf(reference, "remoteRef", "key")));
  for (const key of keys) {
    const value = ownersValue(key, cluster.testbed.certificates);
    if (value !== undefined) vault.put(key, value);
  }
  return vault;
}

/** Whether whoever a webhook configuration calls is run here: nobody would answer for the others. */
function isAnswered(object: KubernetesObject, operators: readonly Operator[]): boolean {
  const called = new Set(operators.flatMap(({ parts }) => parts.flatMap(({ webhook }) => webhook?.service ?? [])));
  return !object.kind.endsWith("WebhookConfiguration") || webhookServices(object).every(({ name }) => called.has(name));
}

async function standUp(processes: Processes, binaries: Binaries, { lab, under, endpoint, root, stagesDirectory, operators, programs }: OperatorsRequest, ending: AbortSignal): Promise<LabCluster> {
  const testbed = await startTestbed(processes, binaries, {
    [under.name]: [endpoint.address, new URL(under.api).hostname, firstAddress(under.services), "kubernetes.default.svc"],
    [KUBELET_CERTIFICATE]: [NODE_ADDRESS],
    [OUTSIDE_CERTIFICATE]: ["localhost", ...operators.flatMap(({ hosts = [] }) => hosts)],
  });
  const running = await startCluster(testbed, under, endpoint, stagesWithoutOperators(processes, binaries, stagesDirectory, path.join(root, "tools", "operators", "stages")));
  const output = readLabOutput(root);
  const objects = output.releases.filter(({ cluster }) => cluster === under.name).flatMap(({ manifests }) => manifests.map(({ object }) => object));
  const { namespaces } = turnsOf(objects);
  await applyUntilAccepted(running.api, namespaces, 30);
  const definitions = output.definitions.map(({ object }) => object);
  await installDefinitions(running.api, definitions);
  const releases = resolve(lab).world.releases.filter(({ cluster }) => cluster.name === under.name);
  const stage = { testbed, running, ending };
  await standForKubeletMetrics(stage);
  const volumes = new Volumes(processes.directory, running.api.client);
  const cluster = { ...stage, objects, releases, programs, volumes, kubelet: new Kubelet(stage, volumes) };
  const missing = missingDefinitions(objects, operators, await running.api.client.rediscover(), root);
  await installDefinitions(running.api, missing.map((definition) => asApplied(definition, cluster, operators)));
  return cluster;
}

/** The file of KWOK's own stage that lets pods run. */
const POD_READY = "pod-ready.yaml";

/** MetalLB and Traefik give the addresses here: KWOK must not. Stages of our own are added, and pods wait for what Velero brings back. */
function stagesWithoutOperators(processes: Processes, { stages }: Binaries, stagesDirectory: string, own: string): string {
  const directory = path.join(processes.directory, "stages");
  mkdirSync(directory);
  const volumes = readdirSync(stagesDirectory).filter((name) => name.startsWith("volume-")).map((name) => path.join(stagesDirectory, name));
  for (const file of [...volumes, ...readdirSync(own).map((name) => path.join(own, name))]) copyFileSync(file, path.join(directory, path.basename(file)));
  writeFileSync(path.join(directory, POD_READY), afterRestores(readFileSync(path.join(stages, POD_READY), "utf8")));
  return directory;
}

function missingDefinitions(objects: readonly KubernetesObject[], operators: readonly Operator[], served: { has(kind: string): boolean }, root: string): readonly KubernetesObject[] {
  const wanted = operators.flatMap(({ kinds = [] }) => kinds);
  const sources = [...definitionSources(root), sourceOf("an empty one", wanted.map((each) => standIn(`${each.plural}.${each.group}`, [each])))];
  const needed = [...objects, ...wanted.map(({ group, version, kind }) => ({ apiVersion: `${group}/${version}`, kind }))];
  const missing = needed.filter(({ apiVersion, kind }) => !served.has(`${apiVersion} ${kind}`));
  const found = missing.flatMap(({ apiVersion, kind }) => sources.map((source) => source.find(apiVersion, kind)).find((definition) => definition !== undefined) ?? []);
  return [...new Map(found.map((definition) => [definition.metadata.name, definition])).values()];
}
