import { change, refusal, type Case } from "../case";
import { budget, changed, defaultDeny, deployment, ingress, networkPolicy, service } from "../objects";

const balanced = changed(service, "spec.type", "LoadBalancer");
const onNodes = changed(service, "spec.type", "NodePort");
const served = [deployment, service];

/** Services, names, policies and budgets. */
export const network: readonly Case[] = [
  refusal("a Service's own address", "recreate", "immutable-field", service, changed(service, "spec.clusterIP", "10.0.0.77")),
  refusal("a Service without an address", "recreate", "immutable-field", service, changed(service, "spec.clusterIP", "None")),
  { title: "a Service's port", says: "outage", rule: "service", before: served, after: [deployment, changed(service, "spec.ports.0.port", 81)] },
  { title: "where a Service's port leads", says: "live change", rule: "applied", before: served, after: [deployment, changed(service, "spec.ports.0.targetPort", 8081)] },
  { title: "a Service that selects nobody", says: "outage", rule: "service", before: served, after: [deployment, changed(service, "spec.selector", { app: "site" })] },
  { title: "a port on every node", says: "live change", rule: "service", opens: true, before: served, after: [deployment, changed(service, "spec.type", "NodePort")] },
  { title: "a Service that becomes a mere name", says: "outage", rule: "service", before: served, after: [deployment, changed(changed(service, "spec.type", "ExternalName"), "spec.externalName", "web.example.org")] },
  { title: "a Service that becomes no name", says: "outage", rule: "service", refused: true, before: served, after: [deployment, changed(service, "spec.type", "ExternalName")] },
  { title: "no port on the nodes any more", says: "outage", rule: "service", before: [deployment, onNodes], after: served },
  { title: "another port on the nodes", says: "outage", rule: "service", before: [deployment, changed(onNodes, "spec.ports.0.nodePort", 30080)], after: [deployment, changed(onNodes, "spec.ports.0.nodePort", 30081)] },
  { title: "only nodes with a pod answer", says: "outage", rule: "service", before: [deployment, onNodes], after: [deployment, changed(onNodes, "spec.externalTrafficPolicy", "Local")] },
  { title: "an address in the network, given back", says: "outage", rule: "service", before: [deployment, balanced], after: served },
  { title: "another address in the network", says: "outage", rule: "service", before: [deployment, changed(balanced, "spec.loadBalancerIP", "192.0.2.20")], after: [deployment, changed(balanced, "spec.loadBalancerIP", "192.0.2.21")] },
  refusal("who balances a Service", "recreate", "immutable-field", changed(balanced, "spec.loadBalancerClass", "one.example/lb"), changed(balanced, "spec.loadBalancerClass", "two.example/lb")),
  change("a host name", "outage", "host-name", ingress, changed(changed(ingress, "spec.rules.0.host", "site.lab.example"), "spec.tls.0.hosts", ["site.lab.example"])),
  change("a path", "outage", "host-name", ingress, changed(ingress, "spec.rules.0.http.paths.0.path", "/new")),
  change("who serves a name", "outage", "host-name", ingress, changed(ingress, "spec.ingressClassName", "nginx")),
  change("another certificate", "live change", "certificate", ingress, changed(ingress, "spec.tls.0.secretName", "site-tls")),
  change("no certificate", "outage", "certificate", ingress, changed(ingress, "spec.tls", undefined)),
  change("a caller more", "live change", "network-policy", networkPolicy, changed(networkPolicy, "spec.ingress.0.from", [{ podSelector: { matchLabels: { app: "ingress" } } }, { namespaceSelector: {} }]), { opens: true }),
  change("a caller less", "live change", "network-policy", changed(networkPolicy, "spec.ingress.1", undefined), changed(networkPolicy, "spec.ingress", [])),
  change("callers by another label of the same value", "live change", "network-policy", networkPolicy, changed(networkPolicy, "spec.ingress.0.from", [{ podSelector: { matchLabels: { role: "ingress" } } }]), { opens: true }),
  change("what goes out is closed no more", "live change", "network-policy", defaultDeny, changed(defaultDeny, "spec.policyTypes", ["Ingress"]), { opens: true }),
  { title: "a budget whose share is every pod", says: "live change", rule: "disruption-budget", before: [deployment, changed(changed(budget, "spec.maxUnavailable", undefined), "spec.minAvailable", "50%")], after: [deployment, changed(changed(budget, "spec.maxUnavailable", undefined), "spec.minAvailable", "60%")] },
  { title: "a budget that lets nobody go", says: "live change", rule: "disruption-budget", before: [deployment, budget], after: [deployment, changed(budget, "spec.maxUnavailable", 0)] },
];
