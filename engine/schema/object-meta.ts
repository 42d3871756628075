import type { Check } from "./compile";
import { isObject, shown, type Place } from "./problem";

/** The definition's name in the schemas of the built-in kinds. */
export const objectMeta = "io.k8s.apimachinery.pkg.apis.meta.v1.ObjectMeta";

const label = /^[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?$/;
const labelWords = 'a DNS label: at most 63 of a-z, 0-9 and "-", with a letter or digit at both ends';
const subdomain = /^[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$/;
const subdomainWords = 'a DNS subdomain: at most 253 of a-z, 0-9, "-" and ".", with a letter or digit at both ends of each part';
const qualifiedName = /^[A-Za-z0-9]([-A-Za-z0-9_.]{0,61}[A-Za-z0-9])?$/;
const labelValue = /^([A-Za-z0-9]([-A-Za-z0-9_.]{0,61}[A-Za-z0-9])?)?$/;

/** All annotations of one object together: apimachinery's TotalAnnotationSizeLimitB. */
const mostAnnotationBytes = 256 * 1024;

const labelNamed = new Set(["v1 Namespace", "v1 Service", "apps/v1 StatefulSet"]);
const rbac = "rbac.authorization.k8s.io/";

/** What the API server asks of an object's own name, which differs by kind (pkg/apis/<group>/validation, 1.36.3). */
export function checkName(name: string, apiVersion: string, kind: string, place: Place): void {
  if (apiVersion.startsWith(rbac)) {
    if (["", ".", ".."].includes(name) || /[/%]/.test(name)) place.reportField("name", shown(name), 'a name without "/" and "%"');
  } else if (labelNamed.has(`${apiVersion} ${kind}`)) {
    if (!label.test(name)) place.reportField("name", shown(name), labelWords);
  } else if (!isSubdomain(name)) {
    place.reportField("name", shown(name), subdomainWords);
  }
}

/** Names, labels and annotations wherever metadata stands: in an object, a pod template, a claim template. */
export const checkObjectMeta: Check = (value, place) => {
  if (!isObject(value)) return;
  const { namespace, labels, annotations } = value;
  if (typeof namespace === "string" && !label.test(namespace)) place.reportField("namespace", shown(namespace), labelWords);
  if (isObject(labels)) within("labels", place, () => checkLabels(labels, place));
  if (isObject(annotations)) within("annotations", place, () => checkAnnotations(annotations, place));
};

/** A label selector's equalities are labels too. */
export const checkLabelSelector: Check = (value, place) => {
  const matchLabels = isObject(value) ? value["matchLabels"] : undefined;
  if (isObject(matchLabels)) within("matchLabels", place, () => checkLabels(matchLabels, place));
};

function within(field: string, place: Place, check: () => void): void {
  place.enter(field);
  check();
  place.leave();
}

function checkLabels(labels: { readonly [key: string]: unknown }, place: Place): void {
  for (const key in labels) {
    const value = labels[key];
    checkKey(key, place);
    if (typeof value === "string" && !labelValue.test(value)) {
      place.reportField(key, shown(value), 'at most 63 letters, digits, "-", "_" and ".", with a letter or digit at both ends');
    }
  }
}

function checkAnnotations(annotations: { readonly [key: string]: unknown }, place: Place): void {
  let bytes = 0;
  for (const key in annotations) {
    checkKey(key, place, key.toLowerCase());
    bytes += Buffer.byteLength(key) + Buffer.byteLength(String(annotations[key]));
  }
  if (bytes > mostAnnotationBytes) place.report(`${bytes} bytes of annotations`, `at most ${mostAnnotationBytes}`);
}

/** `comparable` is the key as its rule reads it: an annotation's letter case is free. */
function checkKey(key: string, place: Place, comparable = key): void {
  const slash = comparable.indexOf("/");
  const prefix = slash < 0 ? undefined : comparable.slice(0, slash);
  if ((prefix === undefined || isSubdomain(prefix)) && qualifiedName.test(comparable.slice(slash + 1))) return;
  place.reportField(key, "a malformed key", 'a name of at most 63 letters, digits, "-", "_" and ".", after "<DNS subdomain>/" if it has a prefix');
}

function isSubdomain(text: string): boolean {
  return text.length <= 253 && subdomain.test(text);
}
