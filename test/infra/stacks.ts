import { infraFiles } from "../../infra/files";
import type { Lab } from "../../engine/model/lab";

type Block = Readonly<Record<string, unknown>>;

/** A stack as it would be read by Terraform. */
export interface StackJson {
  readonly terraform: { readonly backend: Readonly<Record<string, Block>>; readonly required_providers: Readonly<Record<string, Block>> };
  readonly resource: Readonly<Record<string, Readonly<Record<string, Resource>>>>;
  readonly variable?: Readonly<Record<string, Block>>;
}

export type Resource = Block & { readonly lifecycle?: { readonly prevent_destroy?: boolean } };

/** The lab's stack of that name, parsed. */
export function stackOf(lab: Lab, name: string): StackJson {
  const text = infraFiles(lab).get(`infra/out/${name}/cdk.tf.json`);
  if (text === undefined) throw new Error(`the lab has no stack ${name}`);
  return JSON.parse(text) as StackJson;
}

/** All resources of a type, by the name that Terraform knows them by. */
export const resourcesOf = (stack: StackJson, type: string): readonly (readonly [name: string, resource: Resource])[] =>
  Object.entries(stack.resource[type] ?? {});

/** Everything in the stack, as `[address, resource]`. */
export const allResources = (stack: StackJson): readonly (readonly [address: string, resource: Resource])[] =>
  Object.entries(stack.resource).flatMap(([type, named]) =>
    Object.entries(named).map(([name, resource]) => [`${type}.${name}`, resource] as const),
  );
