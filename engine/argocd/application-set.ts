import { Application, ApplicationSet, ApplicationSetSpecSyncPolicyApplicationsSync as ApplicationsSync } from "../../imports/argo-cd";
import type { Cluster } from "../model/cluster";
import type { Manifest } from "../model/manifest";
import type { World } from "../model/resolve";
import type { Controller } from "./controller";
import { clusterObjectName, destinationOf, inClusterServer, rootName } from "./names";

/** Compares with what the API server would make of an object, defaults and all (argo-cd#24791, #18568). */
const compareServerSide = { "argocd.argoproj.io/compare-options": "ServerSideDiff=true" };

/**
 * Only commits that touch the folder make Argo CD look at it again. Not said to one that is not ours: unless its git is told
 * otherwise, a file that moves to another cluster's folder is no change of the one that it leaves (apps/argo-cd/config.ts).
 */
const lookedAt = ({ release }: Controller): Readonly<Record<string, string>> => (release === undefined ? {} : { "argocd.argoproj.io/manifest-generate-paths": "." });

/**
 * What its controller writes into a generator without a template whenever it writes the object back: as when it was told to look
 * at git. Left out, that would be a drift for ever, healed and written again.
 */
const noTemplate = { metadata: {}, spec: { destination: {}, project: "" } };

/** Server-side apply removes only fields that are its own: what was written before us has to become that first. */
const takeOver = { "argocd.argoproj.io/client-side-apply-migration-manager": "{{ .manager }}" };

const labels = { "app.kubernetes.io/managed-by": "hearth" };

/**
 * It never gives up: what another Application brings may take hours. And each try takes the newest commit, or the one that
 * repairs a bad one would wait for ever behind it.
 */
const retry = { limit: -1, refresh: true, backoff: { duration: "5s", factor: 2, maxDuration: "1m" } };

const always = ["ServerSideApply=true", "CreateNamespace=false", "ApplyOutOfSyncOnly=true"];

/**
 * A cluster's Applications, one for each file in its folder of parameters; see SyncedFolder for these.
 * Two guards against two accidents: `create-update` when a file disappears, `preserveResourcesOnDeletion` when the
 * ApplicationSet itself does (argo-cd#9227, #18780).
 */
export const applicationSet = (controller: Controller, cluster: Cluster, world: World): Manifest => {
  const { gitops } = world.lab;
  const revision = cluster.revision ?? gitops.branch;
  return ApplicationSet.manifest({
    metadata: { name: clusterObjectName(controller, cluster), namespace: controller.namespace, labels },
    spec: {
      goTemplate: true,
      goTemplateOptions: ["missingkey=error"],
      generators: [{ git: { repoUrl: gitops.repository, revision, files: [{ path: `argocd/releases/${cluster.name}/*.yaml` }], template: noTemplate } }],
      syncPolicy: { preserveResourcesOnDeletion: true, applicationsSync: ApplicationsSync.CREATE_HYPHEN_UPDATE },
      template: {
        metadata: {
          name: "{{ .application }}",
          labels: { ...labels, "hearth.dev/cluster": cluster.name },
          annotations: { ...compareServerSide, ...lookedAt(controller), ...takeOver },
        },
        spec: {
          project: clusterObjectName(controller, cluster),
          source: {
            repoUrl: unlessGiven("repository", gitops.repository),
            targetRevision: unlessGiven("revision", revision),
            path: "{{ .folder }}",
            directory: { include: "{{ .include }}", exclude: "{{ .exclude }}" },
          },
          destination: { ...destinationOf(controller, cluster), namespace: "{{ .namespace }}" },
          syncPolicy: {
            automated: { prune: true, selfHeal: true },
            syncOptions: [...always, "Prune={{ .prune }}", "Delete={{ .prune }}", "FailOnSharedResource={{ .exclusive }}"],
            retry,
          },
        },
      },
    },
  });
};

/** A parameter, or where it is empty what stands here. */
const unlessGiven = (parameter: string, value: string): string => `{{ .${parameter} | default ${JSON.stringify(value)} }}`;

/** The one Application that is applied by hand: it keeps projects and ApplicationSets in step with git, itself included. */
export const rootApplication = (controller: Controller, world: World): Manifest =>
  Application.manifest({
    metadata: { name: rootName(controller), namespace: controller.namespace, labels, annotations: { ...compareServerSide, ...lookedAt(controller) } },
    spec: {
      project: rootName(controller),
      source: {
        repoUrl: world.lab.gitops.repository,
        targetRevision: world.lab.gitops.branch,
        path: controller.folder,
        directory: { recurse: true, include: "{applicationsets,bootstrap,projects}/*" },
      },
      destination: { server: inClusterServer, namespace: controller.namespace },
      // What leaves git here would take a cluster's Applications along: people remove it, by hand.
      syncPolicy: { automated: { prune: false, selfHeal: true }, syncOptions: [...always], retry },
    },
  });
