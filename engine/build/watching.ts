import type { Construct } from "constructs";
import { IntOrString, KubeService } from "cdk8s-plus-30/lib/imports/k8s";
import type { MetricsPort } from "../model/needs";
import { selectorOf, type Release } from "../model/release";
import { PlainObject } from "../workload/plain-object";

/** What watching gives: a headless Service for each component's metrics ports, and whatever the cluster's monitoring makes of it. */
export function watch(chart: Construct, release: Release): void {
  const { metrics: provider } = release.cluster.provides;
  const watches = release.needs.watches;
  if (!provider || !watches) return;
  const scope = { chart, release };
  for (const [component, ports] of byComponent(release, Object.entries(watches.metrics ?? {}))) {
    const service = metricsService(chart, release, component, ports);
    for (const [name, port] of ports) provider.watch(scope, name, service, port);
  }
  if (watches.rules?.length) provider.alert(scope, watches.rules);
  for (const [name, dashboard] of Object.entries(watches.dashboards ?? {})) provider.dashboard(scope, name, dashboard);
}

type Ports = readonly (readonly [string, MetricsPort])[];

function byComponent(release: Release, ports: Ports): ReadonlyMap<string, Ports> {
  const groups = new Map<string, (readonly [string, MetricsPort])[]>();
  for (const named of ports) {
    const component = named[1].component ?? release.app.name;
    groups.set(component, [...(groups.get(component) ?? []), named]);
  }
  return groups;
}

/** Its own Service, so that scraping neither needs nor widens what the app exposes to callers. */
function metricsService(chart: Construct, release: Release, component: string, ports: Ports): string {
  const base = component === release.app.name ? release.name : `${release.name}-${component}`;
  const name = `${base}-metrics`;
  new PlainObject(chart, `service-${name}`, KubeService.manifest({
    // The monitor selects by this label, so that it never matches the Service that serves callers.
    metadata: { name, labels: { "app.kubernetes.io/component": `${component}-metrics` } },
    spec: {
      clusterIp: "None",
      selector: selectorOf(release, component),
      ports: ports.map(([portName, { port }]) => ({ name: portName, port, targetPort: IntOrString.fromNumber(port) })),
    },
  }));
  return name;
}
