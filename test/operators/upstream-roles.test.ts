import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { z } from "zod";
import { argoCd } from "../../apps/argo-cd/argo-cd";
import { nginx } from "../../apps/nginx-ingress/nginx-ingress";
import { traefik } from "../../apps/traefik/traefik";
import { place } from "../../engine/model/placement";
import { groups } from "../../tools/control-plane/manifests/groups";
import { readLabOutput } from "../../tools/control-plane/manifests/lab-output";
import { kubernetesObject, type KubernetesObject } from "../../tools/control-plane/kubernetes/object";
import { accountsWithRoles, grantedTo } from "../../tools/operators/rbac/granted";
import { covers, describePermission, type Permission } from "../../tools/operators/rbac/permission";
import { builtOf, clusterOf, worldOf } from "../lab-of";

const texts = z.array(z.string());
const rule = z.object({
  groups: texts.default([]),
  resources: texts.default([]),
  urls: texts.default([]),
  verbs: texts,
  /** Upstream allows it for objects of certain names, which differ from ours. */
  named: z.boolean().default(false),
  /** Upstream allows it in a namespace. */
  namespaced: z.boolean().default(false),
});

/** What the project itself lets its account do, with every option on: facts of the file that `source` names. */
const upstreamRoles = z.object({ version: z.string(), source: z.url(), rules: z.array(rule).min(1) });

const directory = path.join(__dirname, "upstream-roles");
const upstream = readdirSync(directory).map((file) => ({ account: file.replace(".json", ""), ...upstreamRoles.parse(JSON.parse(readFileSync(path.join(directory, file), "utf8"))) }));

/** What ours may and upstream's may not, and why. */
const WIDER: Readonly<Record<string, readonly { readonly permission: RegExp; readonly because: string }[]>> = {
  "argocd-server": [{ permission: /^(list|watch) /, because: "it shows what its Applications are made of, kind by kind; upstream's may get, change and delete everything there is" }],
  "cert-manager": [{ permission: /^head \/livez\/ping$/, because: "it asks whether the API server limits its callers; upstream's is refused, and limits itself" }],
  "metrics-server": [{ permission: / configmaps \(extension-apiserver-authentication\) in kube-system$/, because: "the role extension-apiserver-authentication-reader of kube-system, which upstream binds, in our own words" }],
};

/** Accounts of which upstream says nothing to compare with, and why. */
const WITHOUT: Readonly<Record<string, string>> = {
  velero: "upstream binds cluster-admin (pkg/install/resources.go at v1.18.3)",
  "velero-drill": "a program of ours",
  "first-start": "a program of ours",
  "argocd-manager": "upstream's, which `argocd cluster add` makes, may do anything; ours is made of the objects that are committed",
  "gitlab-runner": "upstream has a table of single permissions in its documentation and no role; ours is of that table",
};

const output = readLabOutput(path.join(__dirname, "../.."));
const committed = groups(output.releases, ({ cluster }) => cluster);

/** What no lab of ours chooses, on one cluster. */
const chosen = builtOf(
  worldOf({
    clusters: [
      clusterOf({
        runs: [
          place(argoCd, { as: "argocd", settings: { notifications: { to: "webhook", url: "https://hooks.test.example" } } }),
          place(nginx),
          place(traefik, { settings: { gatewayApi: true, defaultClass: false } }),
        ],
      }),
    ],
  }),
);

/** Everything on each cluster, as committed and as chosen here. */
const clusters: readonly (readonly KubernetesObject[])[] = [
  ...[...committed.values()].map((releases) => releases.flatMap(({ manifests }) => manifests.map(({ object }) => object))),
  chosen.flatMap(({ manifests }) => manifests.map((manifest) => kubernetesObject.parse(manifest))),
];
/** Kubernetes' own, which upstreams bind as well: https://kubernetes.io/docs/reference/access-authn-authz/rbac/#other-component-roles */
const delegator: KubernetesObject = {
  apiVersion: "rbac.authorization.k8s.io/v1",
  kind: "ClusterRole",
  metadata: { name: "system:auth-delegator" },
  rules: [],
};

function isAllowed(asked: Permission, rules: readonly z.infer<typeof rule>[]): boolean {
  return rules.some(({ groups, resources, urls, verbs, named, namespaced }) => {
    if ((named && asked.name === "") || (namespaced && asked.namespace === "")) return false;
    const targets = [...groups.flatMap((group) => resources.map((resource) => ({ group, resource }))), ...urls.map((resource) => ({ group: "", resource }))];
    return targets.some((target) => verbs.some((verb) => covers({ ...target, verb, namespace: "", name: "" }, asked)));
  });
}

/** What the committed roles give an account, on any cluster, beyond upstream's. */
function beyond(account: string, rules: readonly z.infer<typeof rule>[]): { readonly granted: number; readonly wider: readonly string[] } {
  const granted = clusters.flatMap((cluster) => {
    const objects = [delegator, ...cluster];
    const own = objects.find(({ kind, metadata }) => kind === "ServiceAccount" && metadata.name === account && metadata.namespace !== "velero-drill");
    return own === undefined ? [] : grantedTo({ namespace: own.metadata.namespace ?? "", name: account }, objects);
  });
  return { granted: granted.length, wider: [...new Set(granted.filter((each) => !isAllowed(each, rules)).map(describePermission))].sort() };
}

test.each(upstream)("$account may no more than upstream's $version", ({ account, rules }) => {
  const { granted, wider } = beyond(account, rules);
  const exempt = WIDER[account] ?? [];
  expect(granted).toBeGreaterThan(0);
  expect(wider.filter((each) => !exempt.some(({ permission }) => permission.test(each)))).toEqual([]);
  // An exemption that no longer applies goes.
  expect(exempt.filter(({ permission }) => !wider.some((each) => permission.test(each)))).toEqual([]);
});

test("every account with roles is compared with upstream's, or it is said why there is nothing to compare with", () => {
  const names = new Set(clusters.flatMap((cluster) => accountsWithRoles(cluster)).map(({ name }) => name.replace(/^.*-first-start$/, "first-start")));
  const compared = new Set(upstream.map(({ account }) => account));
  expect([...names].filter((name) => !compared.has(name)).sort()).toEqual(Object.keys(WITHOUT).sort());
  expect([...compared].filter((name) => !names.has(name))).toEqual([]);
});

test("a permission that upstream does not give is found", () => {
  const [first] = upstream.filter(({ account }) => account === "external-snapshotter");
  expect(beyond("external-snapshotter", first!.rules.slice(1)).wider.length).toBeGreaterThan(0);
  expect(isAllowed({ namespace: "", group: "", resource: "pods", name: "", verb: "get" }, [rule.parse({ groups: [""], resources: ["pods"], verbs: ["get"], namespaced: true })])).toBe(false);
});
