import { z } from "zod";
import { internet, speaks, vault, type InternetPeer, type ProtocolPeer, type VaultSecret } from "../../engine/model/needs";
import { partOfArgoCd } from "./sign-in";

/**
 * `webhook`: a POST of JSON to an address, whose path or token stays in the vault's `argocd-notifications`.
 * `ntfy`: a topic of an ntfy server of the lab. `mail`: through whatever speaks `smtp`.
 */
export const notificationsSetting = z.discriminatedUnion("to", [
  z.strictObject({ to: z.literal("nobody") }),
  z.strictObject({ to: z.literal("webhook"), /** Scheme and host; the vault has the path. */ url: z.url({ protocol: /^https$/ }) }),
  z.strictObject({ to: z.literal("ntfy"), topic: z.string().regex(/^[\w-]{1,64}$/, { error: "a topic of letters, digits, - and _" }) }),
  z.strictObject({ to: z.literal("mail"), from: z.email(), recipients: z.array(z.email()).min(1).readonly() }),
]);

export type Notifications = z.output<typeof notificationsSetting>;

const component = "notifications-controller";

export const notificationSecrets = (notifications: Notifications): { readonly notifications?: VaultSecret } =>
  notifications.to === "webhook" ? { notifications: vault("argocd-notifications", { name: "argocd-notifications-secret", labels: partOfArgoCd, data: { path: "{{ .value }}" } }) } : {};

/** Whom the notifications controller calls. */
export function notificationPeers(notifications: Notifications): { readonly webhook?: InternetPeer; readonly ntfy?: ProtocolPeer & { optional: false }; readonly smtp?: ProtocolPeer & { optional: false } } {
  switch (notifications.to) {
    case "nobody":
      return {};
    case "webhook":
      return { webhook: internet(new URL(notifications.url).hostname, { from: component, port: Number(new URL(notifications.url).port) || 443 }) };
    case "ntfy":
      return { ntfy: speaks("ntfy", { from: component }) };
    case "mail":
      return { smtp: speaks("smtp", { from: component }) };
  }
}

/** Where the peers turned out to be. */
export interface NotificationTargets {
  readonly ntfy?: { readonly url: string } | undefined;
  readonly smtp?: { readonly host: string; readonly port: number } | undefined;
}

/** What argocd-notifications-cm says. https://argo-cd.readthedocs.io/en/stable/operator-manual/notifications/ */
export function notificationsConfig(notifications: Exclude<Notifications, { to: "nobody" }>, targets: NotificationTargets): Readonly<Record<string, string>> {
  const { service, definition, recipients, template } = channel(notifications, targets);
  const each = Object.entries(occasions);
  return {
    [`service.${service}`]: json(definition),
    ...Object.fromEntries(each.map(([name, { when, oncePer }]) => [`trigger.${name}`, json([{ when, oncePer, send: [name] }])])),
    ...Object.fromEntries(each.map(([name, occasion]) => [`template.${name}`, json(template(occasion))])),
    subscriptions: json([{ recipients, triggers: Object.keys(occasions) }]),
  };
}

/** JSON is YAML, and nothing in it can be taken for anything else. */
const json = (value: object): string => `${JSON.stringify(value, null, 2)}\n`;

interface Occasion {
  /** https://expr-lang.org/docs/language-definition */
  readonly when: string;
  readonly oncePer: string;
  /** What the Application's name is followed by. */
  readonly says: string;
  /** The field that says more. */
  readonly more: string;
}

/** A sync here never fails for good: it is retried without end. Trouble is when the retries add up. */
const occasions: Readonly<Record<string, Occasion>> = {
  "sync-keeps-failing": {
    when: "app.status?.operationState?.phase in ['Error', 'Failed'] or (app.status?.operationState?.retryCount ?? 0) >= 5",
    oncePer: "app.status?.operationState?.startedAt",
    says: "cannot be synced",
    more: ".app.status.operationState.message",
  },
  "health-degraded": {
    when: "app.status?.health?.status == 'Degraded'",
    oncePer: "app.status?.operationState?.syncResult?.revision",
    says: "is degraded",
    more: ".app.status.sync.status",
  },
};

interface Channel {
  /** Kind and name of the service, as the ConfigMap's key has them. */
  readonly service: string;
  readonly definition: object;
  readonly recipients: readonly string[];
  readonly template: (occasion: Occasion) => object;
}

function channel(notifications: Exclude<Notifications, { to: "nobody" }>, targets: NotificationTargets): Channel {
  switch (notifications.to) {
    case "webhook":
      return {
        service: "webhook.lab",
        definition: { url: `${notifications.url.replace(/\/$/, "")}$path`, headers: [{ name: "Content-Type", value: "application/json" }] },
        recipients: ["lab"],
        // Slack and Mattermost read `text`, and Discord does below its webhook's /slack.
        template: ({ says, more }) => ({ webhook: { lab: { method: "POST", body: `{"text": {{ print .app.metadata.name " ${says}: " ${more} | toJson }}}` } } }),
      };
    case "ntfy":
      return {
        service: "webhook.ntfy",
        definition: { url: `${targets.ntfy?.url ?? ""}/${notifications.topic}` },
        recipients: ["ntfy"],
        template: ({ says, more }) => ({ webhook: { ntfy: { method: "POST", body: `{{ .app.metadata.name }} ${says}\n{{ ${more} }}` } } }),
      };
    case "mail":
      return {
        service: "email.mail",
        definition: { host: targets.smtp?.host, port: targets.smtp?.port, from: notifications.from },
        recipients: notifications.recipients.map((address) => `mail:${address}`),
        template: ({ says, more }) => ({ message: `{{ ${more} }}`, email: { subject: `{{ .app.metadata.name }} ${says}` } }),
      };
  }
}
