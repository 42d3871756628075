import { fieldOf, type Manifest } from "../../engine/model/manifest";

/**
 * The configuration that prometheus-operator writes of the AlertmanagerConfig that an Alertmanager names, as its
 * initializeFromAlertmanagerConfig does (pkg/alertmanager/amcfg.go at v0.93.0): names carry the object's own, and values stand
 * where Secrets were named. That the operator itself comes to the same is for the end-to-end run to see.
 */
export function alertmanagerFile(config: Manifest, secretValue: (name: string) => string): unknown {
  const prefix = `${config.metadata.namespace ?? ""}/${config.metadata.name}/`;
  return {
    route: routeOf(fieldOf(config, "spec", "route"), prefix),
    inhibit_rules: listOf(fieldOf(config, "spec", "inhibitRules")).map((rule) => ({
      source_matchers: matchersOf(fieldOf(rule, "sourceMatch")),
      target_matchers: matchersOf(fieldOf(rule, "targetMatch")),
      equal: fieldOf(rule, "equal"),
    })),
    receivers: listOf(fieldOf(config, "spec", "receivers")).map((receiver) => receiverOf(receiver, prefix, secretValue)),
  };
}

const listOf = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : []);

function routeOf(route: unknown, prefix: string): unknown {
  const field = (name: string): unknown => fieldOf(route, name);
  return {
    receiver: prefix + String(field("receiver")),
    group_by: field("groupBy"),
    group_wait: field("groupWait"),
    group_interval: field("groupInterval"),
    repeat_interval: field("repeatInterval"),
    matchers: field("matchers") === undefined ? undefined : matchersOf(field("matchers")),
    routes: field("routes") === undefined ? undefined : listOf(field("routes")).map((child) => routeOf(child, prefix)),
  };
}

const matchersOf = (matchers: unknown): readonly string[] =>
  listOf(matchers).map((matcher) => `${String(fieldOf(matcher, "name"))}${String(fieldOf(matcher, "matchType"))}${JSON.stringify(fieldOf(matcher, "value"))}`);

function receiverOf(receiver: unknown, prefix: string, secretValue: (name: string) => string): unknown {
  const value = (reference: unknown): string | undefined => (reference === undefined ? undefined : secretValue(String(fieldOf(reference, "name"))));
  return {
    name: prefix + String(fieldOf(receiver, "name")),
    webhook_configs: listOf(fieldOf(receiver, "webhookConfigs")).map((it) => ({
      url: value(fieldOf(it, "urlSecret")),
      send_resolved: fieldOf(it, "sendResolved"),
      http_config: fieldOf(it, "httpConfig") === undefined
        ? undefined
        : { authorization: { type: fieldOf(it, "httpConfig", "authorization", "type"), credentials: value(fieldOf(it, "httpConfig", "authorization", "credentials")) } },
    })),
    slack_configs: listOf(fieldOf(receiver, "slackConfigs")).map((it) => ({
      api_url: value(fieldOf(it, "apiURL")),
      channel: fieldOf(it, "channel"),
      send_resolved: fieldOf(it, "sendResolved"),
      title: fieldOf(it, "title"),
      text: fieldOf(it, "text"),
    })),
    email_configs: listOf(fieldOf(receiver, "emailConfigs")).map((it) => ({
      to: fieldOf(it, "to"),
      from: fieldOf(it, "from"),
      smarthost: fieldOf(it, "smarthost"),
      auth_username: fieldOf(it, "authUsername"),
      auth_password: value(fieldOf(it, "authPassword")),
      require_tls: fieldOf(it, "requireTLS"),
      send_resolved: fieldOf(it, "sendResolved"),
      headers: Object.fromEntries(listOf(fieldOf(it, "headers")).map((header) => [fieldOf(header, "key"), fieldOf(header, "value")])),
      text: fieldOf(it, "text"),
    })),
  };
}
