type Section = Readonly<Record<string, string | number | boolean>>;
type Sections = Readonly<Record<string, Section>>;

interface Configuration {
  /** Its own, as people see it. */
  readonly url: string;
  readonly port: number;
  readonly oauth: Section;
  /** The name of the dashboard that it opens with. */
  readonly home: string | undefined;
}

/** grafana.ini: https://grafana.com/docs/grafana/latest/setup-grafana/configure-grafana/. What is secret comes in variables. */
export const configuration = (it: Configuration): string =>
  Object.entries(sections(it))
    .map(([name, values]) => `[${name}]\n${Object.entries(values).map(([key, value]) => `${key} = ${String(value)}\n`).join("")}`)
    .join("\n");

const sections = ({ url, port, oauth, home }: Configuration): Sections => ({
  server: { http_port: port, root_url: url, domain: new URL(url).hostname },
  log: { mode: "console" },
  // Nothing is sent to or fetched from the internet, which it is not allowed to reach.
  analytics: { reporting_enabled: false, check_for_updates: false, check_for_plugin_updates: false, feedback_links_enabled: false },
  news: { news_feed_enabled: false },
  plugins: {
    preinstall_disabled: true,
    // Grafana 13 would replace the plugins of its image at each start, Prometheus' among them: it deletes them first.
    preinstall_auto_update: false,
    public_key_retrieval_disabled: true,
    plugin_admin_enabled: false,
  },
  snapshots: { external_enabled: false },
  security: { admin_user: "admin", cookie_secure: url.startsWith("https:"), disable_gravatar: true },
  users: { allow_sign_up: false, allow_org_create: false, auto_assign_org_role: "Viewer" },
  "auth.anonymous": { enabled: false },
  "auth.generic_oauth": oauth,
  ...(home ? { dashboards: { default_home_dashboard_path: `${dashboardsPath}/${home}/${home}.json` } } : {}),
});

/** Where its dashboards are mounted, each in a folder of its own. */
export const dashboardsPath = "/var/lib/grafana-dashboards";
