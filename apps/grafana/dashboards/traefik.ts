import { graph, number, window, type Dashboard } from "./panel";

const requests = "traefik_service_requests_total";
const failed = `${requests}{code=~"5.."}`;

/** The way in: what is asked for by name, how much of it fails, how long it takes. */
export const traefik: Dashboard = {
  name: "traefik",
  title: "Traefik",
  rows: [
    {
      title: "Now",
      panels: [
        number("Requests", "reqps", `sum(rate(${requests}${window}))`),
        number("Failed", "percentunit", `(sum(rate(${failed}${window})) or vector(0)) / sum(rate(${requests}${window}))`, { badFrom: 0.05 }),
        number("Open connections", "short", "sum(traefik_open_connections)"),
        number("Certificate expires in", "s", "min(traefik_tls_certs_not_after) - time()"),
      ],
    },
    {
      title: "Services",
      panels: [
        graph("Requests", "reqps", { "{{service}}": `sum by (service) (rate(${requests}${window}))` }),
        graph("Failed", "reqps", { "{{service}} {{code}}": `sum by (service, code) (rate(${failed}${window}))` }),
        graph("An answer takes (95th percentile)", "s", { "{{service}}": `histogram_quantile(0.95, sum by (le, service) (rate(traefik_service_request_duration_seconds_bucket${window})))` }),
        graph("Tried again", "reqps", { "{{service}}": `sum by (service) (rate(traefik_service_retries_total${window}))` }),
      ],
    },
    {
      title: "Entry points",
      panels: [
        graph("Requests", "reqps", { "{{entrypoint}} {{code}}": `sum by (entrypoint, code) (rate(traefik_entrypoint_requests_total${window}))` }),
        graph("Configurations loaded", "short", { loaded: "sum(increase(traefik_config_reloads_total[1h]))" }),
      ],
    },
  ],
};
