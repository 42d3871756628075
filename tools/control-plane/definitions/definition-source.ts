import { z } from "zod";
import type { KubernetesObject } from "../kubernetes/object";

/** A place to get a custom resource definition from, where dist/ does not bring it. */
export interface DefinitionSource {
  /** Says in the report which definition was used. */
  readonly name: string;
  /** The definition that serves a kind, such as "ceph.rook.io/v1" "CephCluster". */
  find(apiVersion: string, kind: string): KubernetesObject | undefined;
}

const definition = z.looseObject({
  spec: z.looseObject({
    group: z.string(),
    names: z.looseObject({ kind: z.string() }),
    versions: z.array(z.looseObject({ name: z.string(), served: z.boolean() })),
  }),
});

/** The kinds that a custom resource definition serves, as "apiVersion kind". */
export function servedBy(object: KubernetesObject): readonly string[] {
  const { group, names, versions } = definition.parse(object).spec;
  return versions.filter(({ served }) => served).map(({ name }) => `${group}/${name} ${names.kind}`);
}

/** A source that holds definitions, each found by every kind that it serves. */
export function sourceOf(name: string, definitions: readonly KubernetesObject[]): DefinitionSource {
  const byKind = new Map(definitions.flatMap((object) => servedBy(object).map((kind) => [kind, object])));
  return { name, find: (apiVersion, kind) => byKind.get(`${apiVersion} ${kind}`) };
}
