import type { SecretGrant } from "../../engine/model/grants";
import type { Duration } from "../../engine/model/quantity";
import { severities, type Heartbeat, type Receiver } from "./receiver";

/** Fields of the operator's AlertmanagerConfig (v1alpha1) that are used here. */
export interface AlertmanagerConfigSpec {
  readonly route: Route;
  readonly inhibitRules: readonly { readonly sourceMatch: readonly Matcher[]; readonly targetMatch: readonly Matcher[]; readonly equal: readonly string[] }[];
  readonly receivers: readonly {
    readonly name: string;
    readonly webhookConfigs?: readonly object[];
    readonly slackConfigs?: readonly object[];
    readonly emailConfigs?: readonly object[];
  }[];
}

export interface Route {
  readonly receiver: string;
  readonly matchers?: readonly Matcher[];
  readonly groupBy?: readonly string[];
  readonly groupWait?: string;
  readonly groupInterval?: string;
  readonly repeatInterval?: string;
  readonly routes?: readonly Route[];
}

interface Matcher {
  readonly name: string;
  readonly value: string;
  readonly matchType: "=" | "=~";
}

interface Configuration {
  readonly receivers: readonly Receiver[];
  readonly heartbeat?: Heartbeat | undefined;
  readonly repeat: { readonly critical: Duration; readonly others: Duration };
  /** Where the value of a secret need is. */
  secret(name: string): SecretGrant;
}

/**
 * One route and one Alertmanager receiver for each severity, with everybody who hears it. Nothing in it is secret: the operator
 * reads each value from its Secret when it writes the configuration.
 */
export function configurationOf({ receivers, heartbeat, repeat, secret }: Configuration): AlertmanagerConfigSpec {
  return {
    route: {
      // Alerts of rules that name no severity.
      receiver: "warning",
      groupBy: ["cluster", "alertname", "namespace"],
      groupWait: "30s",
      groupInterval: "5m",
      repeatInterval: repeat.others,
      routes: [
        {
          matchers: [{ name: "alertname", value: "Watchdog", matchType: "=" }],
          receiver: heartbeat ? "heartbeat" : "nobody",
          groupBy: ["cluster"],
          groupWait: "1s",
          groupInterval: "5m",
          // Shorter than the interval, so that each one brings a beat.
          repeatInterval: "1m",
        },
        ...severities.map((severity) => ({
          matchers: [{ name: "severity", value: severity, matchType: "=" as const }],
          receiver: severity,
          ...(severity === "critical" ? { groupWait: "10s", repeatInterval: repeat.critical } : {}),
        })),
      ],
    },
    inhibitRules: [
      {
        // The same alert about the same thing: only its worst is heard. Labels that neither has count as equal.
        sourceMatch: [{ name: "severity", value: "critical", matchType: "=" }],
        targetMatch: [{ name: "severity", value: "warning|info", matchType: "=~" }],
        equal: ["cluster", "alertname", "namespace", "node", "device", "persistentvolumeclaim", "pod", "container"],
      },
    ],
    receivers: [
      ...severities.map((severity) => ({ name: severity, ...integrations(receivers.filter((it) => it.hears.includes(severity)), secret) })),
      ...(heartbeat ? [{ name: "heartbeat", webhookConfigs: [{ urlSecret: secret("heartbeat-url"), sendResolved: false }] }] : []),
      { name: "nobody" },
    ],
  };
}

const title = '[{{ .Status | toUpper }}{{ if eq .Status "firing" }} {{ .Alerts.Firing | len }}{{ end }}] {{ .CommonLabels.cluster }}: {{ .GroupLabels.alertname }}';
const text = "{{ range .Alerts }}{{ .Annotations.summary }}\n{{ .Annotations.description }}\n\n{{ end }}";

function integrations(receivers: readonly Receiver[], secret: (name: string) => SecretGrant): Omit<AlertmanagerConfigSpec["receivers"][number], "name"> {
  const webhooks = receivers.filter((it) => it.kind === "webhook");
  const slacks = receivers.filter((it) => it.kind === "slack");
  const emails = receivers.filter((it) => it.kind === "email");
  return {
    ...(webhooks.length
      ? {
          webhookConfigs: webhooks.map((it) => ({
            urlSecret: secret(`${it.name}-url`),
            sendResolved: true,
            ...(it.tokenKey ? { httpConfig: { authorization: { type: "Bearer", credentials: secret(`${it.name}-token`) } } } : {}),
          })),
        }
      : {}),
    ...(slacks.length
      ? { slackConfigs: slacks.map((it) => ({ apiURL: secret(`${it.name}-url`), ...(it.channel ? { channel: it.channel } : {}), sendResolved: true, title, text })) }
      : {}),
    ...(emails.length
      ? {
          emailConfigs: emails.map((it) => ({
            smarthost: `${it.host}:${it.port}`,
            from: it.from,
            to: it.to,
            authUsername: it.user,
            authPassword: secret(`${it.name}-password`),
            requireTLS: true,
            sendResolved: true,
            headers: [{ key: "Subject", value: title }],
            text,
          })),
        }
      : {}),
  };
}
