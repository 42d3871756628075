import { graph, number, table, window, type Dashboard } from "./panel";

const certificate = "certmanager_certificate";

/** cert-manager: what expires when, and who signs. */
export const certificates: Dashboard = {
  name: "certificates",
  title: "Certificates",
  rows: [
    {
      title: "Now",
      panels: [
        number("Certificates", "short", `count(${certificate}_not_after_timestamp_seconds)`),
        number("Not ready", "short", `sum(${certificate}_ready_status{condition!="True"}) or vector(0)`, { badFrom: 1 }),
        number("Next to expire in", "s", `min(${certificate}_not_after_timestamp_seconds - time())`),
        number("Issuers not ready", "short", 'sum(certmanager_clusterissuer_ready_status{condition!="True"}) or vector(0)', { badFrom: 1 }),
      ],
    },
    {
      title: "Certificates",
      panels: [
        table("Expires in", "s", `sort(min by (namespace, name) (${certificate}_not_after_timestamp_seconds - time()))`),
        table("Renewed in", "s", `sort(min by (namespace, name) (${certificate}_renewal_timestamp_seconds - time()))`),
        graph("Answers of ACME servers", "reqps", { "{{host}} {{status}}": `sum by (host, status) (rate(certmanager_http_acme_client_request_count${window}))` }),
        graph("Errors of its controllers", "ops", { "{{controller}}": `sum by (controller) (rate(certmanager_controller_sync_error_count${window}))` }),
      ],
    },
  ],
};
