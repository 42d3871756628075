import type { Binaries } from "../build/binaries";
import { startApiServer, type ApiServer } from "../cluster/api-server";
import { startTestbed } from "../cluster/testbed";
import { ApiError } from "../kubernetes/api-error";
import type { KubernetesObject } from "../kubernetes/object";
import { groups } from "../manifests/groups";
import { isSelected, type LabOutput, type Selection } from "../manifests/lab-output";
import type { Manifest } from "../manifests/manifest";
import { inFlight } from "../processes/in-flight";
import { loopbackPort } from "../processes/loopback-ports";
import type { Processes } from "../processes/processes";
import { applyAll, AT_ONCE } from "../definitions/apply-all";
import type { DefinitionSource } from "../definitions/definition-source";
import { installDefinitions } from "../definitions/install-definitions";
import { enforces, isRefusal, warningOfWhatItRefuses } from "./namespace-under-test";
import type { DryRunSummary, Verdict } from "./report";

/** What is asked, of what. */
export interface DryRunRequest {
  readonly output: LabOutput;
  readonly selection: Selection;
  /** Where to find definitions that dist/ does not bring, the best first. */
  readonly elsewhere: readonly DefinitionSource[];
}

/**
 * Asks a real API server about every object of a lab: namespaces and custom resource definitions are made,
 * everything is then applied with strict validation and not kept.
 */
export async function dryRun(processes: Processes, binaries: Binaries, { output, selection, elsewhere }: DryRunRequest): Promise<DryRunSummary> {
  const started = Date.now();
  const endpoint = { address: "127.0.0.1", port: await loopbackPort(), services: "10.0.0.0/8" };
  const api = await startApiServer(await startTestbed(processes, binaries, { "dry-run": [endpoint.address] }), "dry-run", endpoint);
  const everything = [...output.definitions, ...output.releases.flatMap(({ manifests }) => manifests), ...output.argocd];
  const objects = everything.map(({ object }) => object);
  const namespaces = lastOfEachName(objects.filter(isNamespace));
  await applyAll(api, namespaces);
  const definitions = lastOfEachName(objects.filter(isDefinition));
  await installDefinitions(api, definitions);
  const substitutes = await substitute(api, objects, elsewhere);

  const verdicts: Verdict[] = [];
  for (const turn of turns(output, selection)) verdicts.push(...(await judgeTurn(api, turn)));
  return {
    kubernetesVersion: await api.client.version(),
    namespaces: namespaces.length,
    definitions: definitions.length + substitutes.size,
    substitutes,
    verdicts,
    seconds: (Date.now() - started) / 1000,
  };
}

/** One cluster's objects at a time, because clusters may have namespaces of one name that differ. */
function turns(output: LabOutput, selection: Selection): readonly (readonly Manifest[])[] {
  const selected = output.releases.filter((release) => isSelected(release, selection));
  const clusters = [...groups(selected, ({ cluster }) => cluster).values()].map((releases) => releases.flatMap(({ manifests }) => manifests));
  return selection.cluster === undefined && selection.app === undefined ? [output.definitions, ...clusters, output.argocd] : clusters;
}

async function judgeTurn(api: ApiServer, manifests: readonly Manifest[]): Promise<readonly Verdict[]> {
  const namespaces = manifests.map(({ object }) => object).filter(isNamespace);
  await applyAll(api, namespaces.map(warningOfWhatItRefuses));
  const enforcing = new Set(namespaces.filter(enforces).map(({ metadata }) => metadata.name));
  return inFlight(AT_ONCE, manifests, (manifest) => judge(api, manifest, enforcing));
}

async function judge(api: ApiServer, manifest: Manifest, enforcing: ReadonlySet<string>): Promise<Verdict> {
  const { object, text } = manifest;
  try {
    const warnings = await api.client.apply(object, { dryRun: true, ...(text === undefined ? {} : { text }) });
    const refusal = enforcing.has(object.metadata.namespace ?? "") ? warnings.find(isRefusal) : undefined;
    return refusal === undefined ? { manifest, warnings } : { manifest, warnings: [], refusal };
  } catch (cause) {
    if (cause instanceof ApiError) return { manifest, warnings: [], refusal: cause.message };
    throw cause;
  }
}

/** Installs what dist/ does not bring, from the first source that has it; returns the source by kind. */
async function substitute(api: ApiServer, objects: readonly KubernetesObject[], elsewhere: readonly DefinitionSource[]): Promise<ReadonlyMap<string, string>> {
  const served = await api.client.rediscover();
  const sources = new Map<string, string>();
  const definitions: KubernetesObject[] = [];
  for (const { apiVersion, kind } of objects) {
    const name = `${kind} of ${apiVersion}`;
    if (served.has(`${apiVersion} ${kind}`) || sources.has(name)) continue;
    const source = elsewhere.find((candidate) => candidate.find(apiVersion, kind) !== undefined);
    const definition = source?.find(apiVersion, kind);
    if (source === undefined || definition === undefined) continue;
    sources.set(name, source.name);
    definitions.push(definition);
  }
  await installDefinitions(api, lastOfEachName(definitions));
  return sources;
}

/** Clusters share names, and an operator may come in two versions: one of each can be had at a time. */
function lastOfEachName(objects: readonly KubernetesObject[]): readonly KubernetesObject[] {
  return [...new Map(objects.map((object) => [object.metadata.name, object])).values()];
}

function isNamespace({ apiVersion, kind }: KubernetesObject): boolean {
  return kind === "Namespace" && apiVersion === "v1";
}

function isDefinition({ kind }: KubernetesObject): boolean {
  return kind === "CustomResourceDefinition";
}
