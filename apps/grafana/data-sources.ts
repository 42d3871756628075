import type { CalleeGrant } from "../../engine/model/grants";
import type { Duration } from "../../engine/model/quantity";

/** How dashboards name the Prometheus of their cluster. */
export const metricsSource = { type: "prometheus", uid: "prometheus" } as const;

interface Sources {
  readonly prometheus: CalleeGrant;
  readonly alertmanager: CalleeGrant | undefined;
  readonly scrapeInterval: Duration;
}

/** What Grafana asks, as its provisioning reads it. JSON is YAML. https://grafana.com/docs/grafana/latest/administration/provisioning/#data-sources */
export const dataSources = ({ prometheus, alertmanager, scrapeInterval }: Sources): string =>
  file({
    apiVersion: 1,
    // One that is no longer written here goes.
    prune: true,
    datasources: [
      {
        name: "Prometheus",
        ...metricsSource,
        access: "proxy",
        url: prometheus.url,
        isDefault: true,
        editable: false,
        ...believing(prometheus, { httpMethod: "POST", prometheusType: "Prometheus", timeInterval: scrapeInterval, ...(alertmanager ? { alertmanagerUid: "alertmanager" } : {}) }),
      },
      ...(alertmanager
        ? [{ name: "Alertmanager", type: "alertmanager", uid: "alertmanager", access: "proxy", url: alertmanager.url, editable: false, ...believing(alertmanager, { implementation: "prometheus", handleGrafanaManagedAlerts: false }) }]
        : []),
    ],
  });

/** One on another cluster shows a certificate of the lab's authority, which is no secret. */
const believing = ({ authority }: CalleeGrant, jsonData: object): object =>
  authority ? { jsonData: { ...jsonData, tlsAuthWithCACert: true }, secureJsonData: { tlsCACert: authority.roots.join("") } } : { jsonData };

/** Where Grafana looks for dashboards: every file under a folder. Nobody changes one in the browser, since git says what they are. */
export const dashboardProvider = (path: string): string =>
  file({ apiVersion: 1, providers: [{ name: "hearth", type: "file", disableDeletion: false, allowUiUpdates: false, options: { path } }] });

const file = (content: object): string => `${JSON.stringify(content, undefined, 2)}\n`;
