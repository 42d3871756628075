import { graph, number, window, type Dashboard } from "./panel";

const answers = "nginx_ingress_controller_upstream_server_response_latency_ms";
const failed = `${answers}_count{code=~"5.."}`;
const byService = "sum by (resource_namespace, service)";
const service = "{{resource_namespace}}/{{service}}";

/** The way in with NGINX: what is asked for by name, how much of it fails, how long it takes. */
export const nginx: Dashboard = {
  name: "nginx",
  title: "NGINX",
  rows: [
    {
      title: "Now",
      panels: [
        number("Requests", "reqps", `sum(rate(nginx_ingress_nginx_http_requests_total${window}))`),
        number("Failed", "percentunit", `(sum(rate(${failed}${window})) or vector(0)) / sum(rate(${answers}_count${window}))`, { badFrom: 0.05 }),
        number("Open connections", "short", "sum(nginx_ingress_nginx_connections_active)"),
        number("Routes", "short", "max(sum by (instance) (nginx_ingress_controller_ingress_resources_total))"),
      ],
    },
    {
      title: "Services",
      panels: [
        graph("Requests", "reqps", { [service]: `${byService} (rate(${answers}_count${window}))` }),
        graph("Failed", "reqps", { [service]: `${byService} (rate(${failed}${window}))` }),
        graph("An answer takes (95th percentile)", "ms", { [service]: `histogram_quantile(0.95, sum by (le, resource_namespace, service) (rate(${answers}_bucket${window})))` }),
      ],
    },
    {
      title: "Configuration",
      panels: [
        graph("Loaded", "short", { loaded: "sum(increase(nginx_ingress_controller_nginx_reloads_total[1h]))", refused: "sum(increase(nginx_ingress_controller_nginx_reload_errors_total[1h]))" }),
      ],
    },
  ],
};
