import { fieldOf, type Manifest } from "../model/manifest";
import type { Release } from "../model/release";
import { askedOperators } from "./asked-operators";
import { resourceOf, type Kind } from "./kind";

/** Whether a webhook answers for objects of a kind when they are written. */
export type AnswersFor = (kind: Kind) => boolean;

/**
 * The kinds that a release's own webhooks answer for: what its configurations say, or where a controller writes those, all kinds
 * of its operator.
 * @param refusing only webhooks without whose answer nothing of the kind can be written: `failurePolicy: Fail`, Kubernetes' default
 */
export function answeredBy({ app, needs }: Release, manifests: readonly Manifest[], refusing = false): AnswersFor {
  const webhooks = manifests.filter(isWebhookConfiguration).flatMap((configuration) => listAt(configuration, "webhooks"));
  const rules = webhooks.filter((webhook) => !refusing || fieldOf(webhook, "failurePolicy") !== "Ignore").flatMap((webhook) => listAt(webhook, "rules"));
  const writtenLater = webhooks.length === 0 && Object.values(needs.exposes ?? {}).some((endpoint) => endpoint.webhook);
  const groups = new Set(askedOperators(writtenLater ? [{ app }] : []).flatMap(({ kinds }) => kinds.map(({ group }) => group)));
  return (kind) => groups.has(kind.group) || rules.some((rule) => covers(rule, kind));
}

const isWebhookConfiguration = ({ kind }: Manifest): boolean => kind === "ValidatingWebhookConfiguration" || kind === "MutatingWebhookConfiguration";

function covers(rule: unknown, kind: Kind): boolean {
  const matches = (field: string, value: string) => listAt(rule, field).some((it) => it === "*" || it === value);
  return matches("apiGroups", kind.group) && matches("resources", resourceOf(kind));
}

function listAt(value: unknown, field: string): readonly unknown[] {
  const list = fieldOf(value, field);
  return Array.isArray(list) ? list : [];
}
