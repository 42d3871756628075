import type { Construct } from "constructs";
import {
  ExternalSecretSpecTargetCreationPolicy as CreationPolicy,
  ExternalSecretSpecTargetDeletionPolicy as DeletionPolicy,
  ExternalSecretSpecTargetTemplateEngineVersion as EngineVersion,
  Password,
  type ExternalSecretSpecTarget,
} from "../../imports/external-secrets";
import type { SecretGrant } from "../../engine/model/grants";
import type { SecretShape } from "../../engine/model/needs";
import { PlainObject } from "../../engine/workload/plain-object";

/** What stands for the value in a shape's data. */
const value = "{{ .value }}";

const dataOf = (shape: SecretShape | undefined): Readonly<Record<string, string>> => shape?.data ?? { value };

/** Where the app finds the value: the Secret's name, and its first key. */
export const secretOf = (name: string, shape: SecretShape | undefined): SecretGrant => ({
  name: shape?.name ?? name,
  key: Object.keys(dataOf(shape))[0] ?? "value",
});

/** The key under which the value stands unchanged, if the shape has one. */
export const plainKeyOf = (shape: SecretShape | undefined): string | undefined => Object.entries(dataOf(shape)).find(([, template]) => template === value)?.[0];

/** The Secret as the app wants it. */
export const targetOf = (name: string, shape: SecretShape | undefined): ExternalSecretSpecTarget => ({
  name: shape?.name ?? name,
  creationPolicy: shape?.into === "merge" ? CreationPolicy.MERGE : CreationPolicy.OWNER,
  // A vault that cannot be reached, or that lost a key, takes nothing away from what runs.
  deletionPolicy: DeletionPolicy.RETAIN,
  // Always a template: without one, the ExternalSecret's labels would be copied, and Argo CD would take the Secret for its own.
  template: {
    engineVersion: EngineVersion.V2,
    ...(shape?.type ? { type: shape.type } : {}),
    ...(shape?.labels ? { metadata: { labels: { ...shape.labels } } } : {}),
    data: { ...dataOf(shape) },
  },
});

/** Letters and digits only, so that a value fits into URLs, shells and every kind of file. https://external-secrets.io/v2.9.0/api/generator/password/ */
export function generator(chart: Construct, name: string, length: number): void {
  new PlainObject(chart, `generator-${name}`, Password.manifest({
    metadata: { name },
    spec: { length, digits: Math.floor(length / 4), symbols: 0, noUpper: false, allowRepeat: true, secretKeys: ["value"] },
  }));
}
