import type { Built } from "../../model/built";
import type { Cluster } from "../../model/cluster";
import { error, type Finding } from "../../model/finding";
import { fieldOf, objectName, type Manifest } from "../../model/manifest";
import { nearest } from "../../model/nearest";
import { systemNamespaces } from "../../model/system-namespaces";
import { groupsOf } from "../groups";
import { broughtDrivers, namedByClass } from "./class-parameters";
import { fieldsNamed } from "./fields";
import { madeFrom } from "./made-objects";
import { namedAt, namedKinds, placesOf, portOf, type Reference } from "./naming";
import { podsOf, type Pod } from "./pods";
import { readsSecrets, secretIn } from "./secret-fields";
import { anyPortOf, anyPortOfMade, hostsKnownTo, toldServices, type Told } from "./service-hosts";
import { arrayOf } from "./violations";

/** What objects besides pods name is on their cluster: whose permissions are bound, who runs an operator's pods, where alerts go, what a route shows. */
export const objectNamed = (built: readonly Built[]): readonly Finding[] =>
  [...groupsOf(built, ({ release }) => release.cluster.name).values()].flatMap((here) => {
    const cluster = here[0]?.release.cluster;
    const args = here.flatMap(podsOf).flatMap(argumentsOf);
    const known = new Set([...here.flatMap(objectsOf), ...here.flatMap(({ release }) => hostsKnownTo(release)).map(keyOf), ...args.flatMap(toldBy), ...systemNamespaces.map((name) => ` Namespace/${name}`), ...(cluster ? [...broughtDrivers(cluster), ...broughtControllers(cluster)] : [])]);
    const isTraefikHere = args.some(({ arg }) => entryPoint.test(arg));
    const cephs = new Set(here.flatMap(({ release, manifests }) => manifests.filter(({ kind }) => kind === "CephCluster").map(({ metadata }) => metadata.namespace ?? release.namespace)));
    return here.flatMap(({ release, manifests }) =>
      manifests.flatMap((manifest) =>
        namesOf(manifest, manifest.metadata.namespace ?? namespaceFor(manifest, args) ?? release.namespace, cephs)
          .filter((it) => !known.has(keyOf(it)) && isMeant(it, known) && !(it.object.startsWith("EntryPoint/") && !isTraefikHere))
          .map(({ namespace, object }) => {
            const [kind, name] = [object.slice(0, object.indexOf("/")), object.slice(object.indexOf("/") + 1)];
            const there = [...known].flatMap((it) => (it.startsWith(`${namespace} ${kind}/`) ? [it.slice(namespace.length + kind.length + 2)] : []));
            const meant = nearest(name, there);
            return error({
              rule: "object-exists",
              address: release.address,
              found: `${objectName(manifest)} names ${object}${namespace && namespace !== release.namespace ? ` in ${namespace}` : ""}, and nothing on ${release.cluster.name} makes it`,
              expected: there.length ? `one of: ${there.join(", ")}` : `a ${kind}, and there is none`,
              fix: meant ? `Write "${meant}"` : "Name one that is there, write it, or declare it in makes.objects",
            });
          }),
      ),
    );
  });

/** Whether a reference holds under the conditions that it has. */
const isMeant = ({ given, unless = [] }: Told, known: ReadonlySet<string>): boolean => (given === undefined || known.has(keyOf(given))) && !unless.some((it) => known.has(keyOf(it)));

const keyOf = ({ namespace, object }: Reference): string => `${namespace} ${object}`;

/** Every object of a release, with what its controllers make. What belongs to no namespace stands under both. */
const objectsOf = ({ release, manifests }: Built): readonly string[] => [
  ...manifests.flatMap((manifest) => {
    if (!named.has(manifest.kind)) return [];
    const namespace = manifest.metadata.namespace ?? release.namespace;
    const ports = manifest.kind === "Service" ? arrayOf(fieldOf(manifest, "spec", "ports")).flatMap((port) => [fieldOf(port, "name"), fieldOf(port, "port")].map((it) => `ServicePort/${manifest.metadata.name}:${String(it)}`)) : [];
    return [...madeFrom(manifest), ...ports, ...anyPortOf(manifest)].flatMap((object) => placesOf(object, namespace));
  }),
  ...release.makes.flatMap(({ namespace = release.namespace, objects = [] }) => objects.flatMap((object) => [object, ...anyPortOfMade(object)]).flatMap((object) => placesOf(object, namespace))),
];

/** Kinds that are named here, and those that what is named comes from: most objects are of neither. */
const named: ReadonlySet<string> = new Set([
  ...namedKinds,
  ...["ClusterRole", "ReplicaSet", "Role", "ServiceAccount", "StatefulSet"],
  ...["Certificate", "ExternalSecret", "Ingress", "ObjectBucketClaim", "SealedSecret"],
  ...["CephBlockPool", "CephCluster", "CephFilesystem", "CephObjectStore", "ClientProfile", "CSIDriver", "Driver", "Prometheus"],
]);

/** Where cert-manager looks for what issuers of the cluster name: https://cert-manager.io/docs/configuration/#cluster-resource-namespace */
const issuersNamespace = "--cluster-resource-namespace=";

const namespaceFor = ({ kind }: Manifest, args: readonly Argument[]): string | undefined =>
  kind === "ClusterIssuer" ? args.find(({ arg }) => arg.startsWith(issuersNamespace))?.arg.slice(issuersNamespace.length) : undefined;

/** What a program is started with, and in which namespace. */
interface Argument {
  readonly namespace: string;
  readonly arg: string;
}

const argumentsOf = ({ namespace, containers }: Pod): readonly Argument[] => containers.flatMap(({ args = [] }) => args.map((arg) => ({ namespace, arg })));

/** What a Traefik listens on; of one that nobody here runs, nobody knows. https://doc.traefik.io/traefik/v3.7/reference/install-configuration/entrypoints/ */
const entryPoint = /^--entrypoints\.([^.]+)\.address=/i;

/** pkg/provider/kubernetes/ingress/kubernetes.go of Traefik 3.7 */
const traefiksController = "traefik.io/ingress-controller";

/** What programs make or answer for because they are started so: of what name, unless the argument itself says it. */
const made: readonly (readonly [format: RegExp, kind: string, name?: string])[] = [
  [entryPoint, "EntryPoint"],
  // cert-manager's webhook, its own CA: https://cert-manager.io/docs/cli/webhook/
  [/^--dynamic-serving-ca-secret-name=(.+)/, "Secret"],
  [/^--providers\.kubernetesingress(?:$|=true$|\.)/i, "IngressController", traefiksController],
  // cmd/nginx-ingress/flags.go and internal/k8s/controller.go of NGINX Ingress Controller 5.5
  [/^--?nginx-configmaps=/, "IngressController", "nginx.org/ingress-controller"],
  // https://kubernetes.github.io/ingress-nginx/user-guide/cli-arguments/, and Traefik's provider in its place.
  [/^--(?:.*\.)?controller-?class=(.+)/i, "IngressController"],
];

/** https://docs.k3s.io/networking/networking-services#traefik-ingress-controller */
const broughtControllers = ({ distribution }: Cluster): readonly string[] => (distribution.bundles.includes("traefik") ? [` IngressController/${traefiksController}`] : []);

const toldBy = ({ namespace, arg }: Argument): readonly string[] =>
  made.flatMap(([format, kind, known]) => {
    const match = format.exec(arg);
    const name = known ?? match?.[1];
    return match === null || name === undefined ? [] : placesOf(`${kind}/${name}`, namespace);
  });

const namesOf = (manifest: Manifest, namespace: string, cephs: ReadonlySet<string>): readonly Told[] => [
  ...(manifest.kind.endsWith("RoleBinding") ? [...role(manifest, namespace), ...arrayOf(manifest["subjects"]).flatMap(account)] : []),
  ...namedAt(manifest, namespace),
  ...namedByClass(manifest, cephs),
  ...toldServices(manifest, namespace),
  ...ofCustom(manifest, namespace),
];

function ofCustom(manifest: Manifest, namespace: string): readonly Reference[] {
  const { apiVersion, kind } = manifest;
  const spec = manifest["spec"];
  if (!apiVersion.includes(".") || kind === "CustomResourceDefinition") return [];
  return [
    ...fieldsNamed(manifest, fields).flatMap((field): readonly Reference[] => {
      if (!accounts.has(field.key)) return manifest.metadata.namespace === undefined ? [] : secretIn(field).flatMap(({ name, isMade }) => (isMade ? [] : [{ namespace, object: `Secret/${name}` }]));
      const name = typeof field.value === "string" ? field.value : fieldOf(field.value, "name");
      return typeof name === "string" ? [{ namespace: String(fieldOf(field.value, "namespace") ?? namespace), object: `ServiceAccount/${name}` }] : [];
    }),
    ...(kind === "Prometheus" ? arrayOf(fieldOf(spec, "alerting", "alertmanagers")).flatMap((it) => alertmanager(it, namespace)) : []),
  ];
}

const accounts: ReadonlySet<string> = new Set(["serviceAccountName", "serviceAccountRef"]);
const fields: ReadonlySet<string> = new Set([...accounts, ...readsSecrets]);

/** prometheus-operator makes a Service beside what it runs: https://prometheus-operator.dev/docs/platform/platform-guide/ */
function alertmanager(it: unknown, own: string): readonly Reference[] {
  const [name, namespace] = [String(fieldOf(it, "name")), String(fieldOf(it, "namespace") ?? own)];
  return name === "alertmanager-operated" ? [] : [{ namespace, object: `Service/${name}` }, ...portOf(name, it, namespace)];
}

/** Kubernetes brings some roles, and adds to its own `system:` ones: https://kubernetes.io/docs/reference/access-authn-authz/rbac/#default-roles-and-role-bindings */
function role(binding: Manifest, namespace: string): readonly Reference[] {
  const [kind, name] = [fieldOf(binding, "roleRef", "kind"), String(fieldOf(binding, "roleRef", "name"))];
  const isKubernetes = name.startsWith("system:") || ["cluster-admin", "admin", "edit", "view"].includes(name);
  return isKubernetes ? [] : [{ namespace: kind === "ClusterRole" ? "" : namespace, object: `${String(kind)}/${name}` }];
}

/** Every namespace has its default account, and kube-system those of Kubernetes' own controllers. */
function account(subject: unknown): readonly Reference[] {
  const [kind, name, namespace] = [fieldOf(subject, "kind"), String(fieldOf(subject, "name")), String(fieldOf(subject, "namespace") ?? "")];
  return kind === "ServiceAccount" && name !== "default" && namespace !== "kube-system" ? [{ namespace, object: `ServiceAccount/${name}` }] : [];
}
