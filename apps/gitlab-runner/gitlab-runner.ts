import { z } from "zod";
import { defineApp } from "../../engine/model/app";
import { image, imageSetting, reference, type Image } from "../../engine/model/image";
import { anywhere, bucket, kubernetesApi, rebuildable, vault } from "../../engine/model/needs";
import { bytes, cpu } from "../../engine/model/quantity";
import { ConfigFiles } from "../../engine/workload/config-files";
import { http, tcp } from "../../engine/workload/probe";
import { configFiles, scratch } from "../../engine/workload/volume";
import { Workload } from "../../engine/workload/workload";
import { runnerAccount } from "./account";
import { alerts, series } from "./alerts";
import { docker, rootless, type Builds, type BuildKind } from "./builds";
import { configToml, helperOf } from "./config";
import { gitlabAuthority, gitlabPeers, gitlabSetting, gitlabUrl } from "./gitlab";
import { jobMistakes, jobPod, jobSetting } from "./job-resources";
import { archOf, nodeMistakes } from "./nodes";

/** Runs the jobs of GitLab's pipelines, each as a pod in a namespace that holds nothing else. */
export const gitlabRunner = defineApp({
  name: "gitlab-runner",
  priority: "batch",

  settings: z.object({
    image: imageSetting.default(image("registry.gitlab.com/gitlab-org/gitlab-runner", "alpine-v19.3.0")),
    /** Fetches sources and caches in every job. Its tags begin with the architecture, which is put before this one. */
    helperImage: imageSetting.default(image("registry.gitlab.com/gitlab-org/gitlab-runner/gitlab-runner-helper", "v19.3.0")),
    buildkitImage: imageSetting.default(image("docker.io/moby/buildkit", "v0.32.2-rootless")),
    dockerImage: imageSetting.default(image("docker.io/library/docker", "29.7.2-dind")),
    dockerClientImage: imageSetting.default(image("docker.io/library/docker", "29.7.2-cli")),
    /** How jobs build images. With `docker-in-docker` they are privileged, and need nodes of their own. */
    builds: z.enum(["buildkit-rootless", "docker-in-docker"]).default("buildkit-rootless"),
    gitlab: gitlabSetting,
    /** The vault's key of the authentication token that GitLab showed when the runner was made: `<cluster>-<name>-token`. */
    tokenKey: z.string().optional(),
    /** For people who read its logs: GitLab keeps a runner's tags itself since its tokens replaced registration. */
    tags: z.array(z.string()).readonly().default([]),
    /** Jobs at the same time. */
    concurrent: z.int().min(1).default(4),
    /** Needed where its nodes are of two architectures. */
    arch: z.enum(["amd64", "arm64"]).optional(),
    /** `bucket` keeps what jobs declare as their cache from one job to the next. */
    cache: z.enum(["bucket", "none"]).default("bucket"),
    cacheSpace: bytes.default("50Gi"),
    jobs: jobSetting,
    /** How long running jobs may go on after the runner was told to stop. */
    drainSeconds: z.int().min(30).default(3600),
    cpu: cpu.default("50m"),
    memory: bytes.default("128Mi"),
  }),

  needs: ({ name, namespace, settings, site }) => ({
    secrets: { token: vault(settings.tokenKey ?? `${site.cluster.name}-${name}-token`) },
    stores: { ...(settings.cache === "bucket" ? { cache: bucket(rebuildable(settings.cacheSpace)) } : {}) },
    talksTo: {
      api: kubernetesApi({ from: "gitlab-runner" }),
      ...gitlabPeers(settings.gitlab, site),
      // What jobs fetch is theirs to say: packages, images to build on, sources elsewhere. The lab's own networks are not.
      jobsHttps: anywhere("anything on the web", { from: "job" }),
      jobsHttp: anywhere("package mirrors", { from: "job", port: 80 }),
    },
    watches: { metrics: { metrics: { port: 9252, series } }, rules: alerts(name, namespace) },
  }),

  makes: ({ name, settings, site }) => [
    {
      component: "job",
      namespace: jobsIn(name),
      labels: jobLabels(name),
      count: settings.concurrent,
      requests: jobPod(settings.jobs, settings.builds === "docker-in-docker"),
      architectures: [archOf({ name, site, settings })],
      exempt: kindOf(settings).exempt,
    },
  ],

  check: (placed) => [...nodeMistakes(placed), ...jobMistakes(placed.settings.jobs)],

  build(chart, { name, settings, site, grants }) {
    const { cache } = grants.stores;
    const arch = archOf({ name, site, settings });
    const authority = gitlabAuthority(settings.gitlab, grants.talksTo.gitlab, site);
    const config = new ConfigFiles(chart, "config", {
      "config.toml": configToml({
        description: `${site.cluster.name}/${name}${settings.tags.length ? ` (${settings.tags.join(", ")})` : ""}`,
        url: gitlabUrl(settings.gitlab, grants.talksTo.gitlab),
        authorities: authority && `${authoritiesIn}/roots.crt`,
        concurrent: settings.concurrent,
        namespace: jobsIn(name),
        labels: jobLabels(name),
        image: reference(settings.builds === "docker-in-docker" ? settings.dockerClientImage : settings.buildkitImage),
        helper: helperOf(settings.helperImage, arch),
        arch,
        jobs: settings.jobs,
        kind: kindOf(settings),
        pods: grants.pods,
        cache,
        cachePath: name,
      }),
    });
    new Workload(chart, "gitlab-runner", {
      image: settings.image,
      // The image's own entrypoint only adds CAs. dumb-init turns Kubernetes' SIGTERM into the SIGQUIT that lets jobs finish.
      command: ["/usr/bin/dumb-init", "--rewrite", "15:3", "--", "gitlab-runner"],
      args: ["run", "--config", "/etc/gitlab-runner/config.toml", "--working-directory", "/tmp"],
      account: runnerAccount(chart, jobsIn(name)),
      // The image's user gitlab-runner, and the group that upstream's chart gives it.
      user: 100,
      group: 65533,
      env: {
        HOME: "/tmp",
        RUNNER_TOKEN: grants.secrets.token,
        ...(cache ? { AWS_ACCESS_KEY_ID: cache.accessKey, AWS_SECRET_ACCESS_KEY: cache.secretKey } : {}),
      },
      ports: { metrics: 9252 },
      resources: { cpu: settings.cpu, memory: settings.memory, memoryLimit: "512Mi" },
      mounts: {
        "/etc/gitlab-runner": configFiles(config),
        ...(authority ? { [authoritiesIn]: configFiles(new ConfigFiles(chart, "authority", { "roots.crt": authority.roots.join("") })) } : {}),
        "/tmp": scratch("tmp", "256Mi"),
      },
      probes: { ready: http("/metrics", 9252), live: tcp(9252) },
      stopsWithinSeconds: settings.drainSeconds,
    });
  },
});

const authoritiesIn = "/etc/gitlab-authority";

const jobsIn = (name: string): string => `${name}-builds`;

/** Set on every job's pod by the configuration. */
const jobLabels = (name: string) => ({ "app.kubernetes.io/name": "gitlab-runner", "app.kubernetes.io/instance": name, "app.kubernetes.io/component": "job" });

const kindOf = ({ builds, dockerImage }: { readonly builds: Builds; readonly dockerImage: Image }): BuildKind => (builds === "docker-in-docker" ? docker(dockerImage) : rootless());
