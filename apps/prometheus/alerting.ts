import {
  PrometheusSpecAlertingAlertmanagersApiVersion,
  PrometheusSpecAlertingAlertmanagersPort,
  PrometheusSpecAlertingAlertmanagersScheme,
  type PrometheusSpecAlertingAlertmanagers,
} from "../../imports/prometheus-operator";
import type { CalleeGrant, EndpointGrant } from "../../engine/model/grants";

/** Where alerts go: every replica behind a Service of this cluster, or one address elsewhere. */
export function alertmanagerOf(callee: CalleeGrant, own: EndpointGrant): PrometheusSpecAlertingAlertmanagers {
  const [service, namespace, ...rest] = callee.host.split(".");
  const scheme = callee.url.startsWith("https:") ? PrometheusSpecAlertingAlertmanagersScheme.HTTPS : PrometheusSpecAlertingAlertmanagersScheme.HTTP;
  const apiVersion = PrometheusSpecAlertingAlertmanagersApiVersion.V2;
  if (service && namespace && rest.join(".") === "svc.cluster.local")
    return { name: service, namespace, port: PrometheusSpecAlertingAlertmanagersPort.fromNumber(callee.port), scheme, apiVersion };
  return {
    // The operator finds Alertmanagers only as endpoints of a Service: our own is found, and its address replaced.
    name: own.service,
    port: PrometheusSpecAlertingAlertmanagersPort.fromString(own.name),
    relabelings: [{ targetLabel: "__address__", replacement: `${callee.host}:${callee.port}` }],
    scheme,
    apiVersion,
  };
}
