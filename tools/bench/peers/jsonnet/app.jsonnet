local objectsOf(app) =
  local labels = { 'app.kubernetes.io/name': app.name };
  local object(apiVersion, kind) = { apiVersion: apiVersion, kind: kind, metadata: { name: app.name, namespace: app.name, labels: labels } };
  [
    object('v1', 'ServiceAccount') { automountServiceAccountToken: false },
    object('v1', 'ConfigMap') { data: { LOG_LEVEL: app.logLevel, UPSTREAM: app.upstream } },
    object('apps/v1', 'Deployment') {
      spec: {
        replicas: app.replicas,
        selector: { matchLabels: labels },
        template: {
          metadata: { labels: labels },
          spec: {
            serviceAccountName: app.name,
            securityContext: { runAsNonRoot: true, seccompProfile: { type: 'RuntimeDefault' } },
            containers: [{
              name: 'app',
              image: 'registry.example.org/app:' + app.tag,
              ports: [{ name: 'http', containerPort: 8080 }],
              envFrom: [{ configMapRef: { name: app.name } }],
              readinessProbe: { httpGet: { path: '/healthz', port: 'http' }, periodSeconds: 10 },
              resources: { requests: { cpu: '50m', memory: '64Mi' }, limits: { memory: '128Mi' } },
              securityContext: { allowPrivilegeEscalation: false, readOnlyRootFilesystem: true, capabilities: { drop: ['ALL'] } },
            }],
          },
        },
      },
    },
    object('v1', 'Service') { spec: { selector: labels, ports: [{ name: 'http', port: 80, targetPort: 'http' }] } },
    object('networking.k8s.io/v1', 'Ingress') {
      spec: {
        ingressClassName: 'web',
        rules: [{ host: app.host, http: { paths: [{ path: '/', pathType: 'Prefix', backend: { service: { name: app.name, port: { name: 'http' } } } }] } }],
      },
    },
    object('networking.k8s.io/v1', 'NetworkPolicy') {
      spec: {
        podSelector: { matchLabels: labels },
        policyTypes: ['Ingress'],
        ingress: [{ from: [{ namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': 'ingress' } } }], ports: [{ port: 'http', protocol: 'TCP' }] }],
      },
    },
  ];

std.manifestYamlStream(std.flatMap(objectsOf, (import 'apps.json').apps), quote_keys=false)
