import { z } from "zod";
import { labChecks, releaseChecks } from "../../engine/checks";
import { kind } from "../../engine/model/distribution";
import { sentenceOf } from "../../engine/model/finding";
import { image, imageSetting } from "../../engine/model/image";
import { bucket, rebuildable, speaks, vault } from "../../engine/model/needs";
import { place } from "../../engine/model/placement";
import { bytes } from "../../engine/model/quantity";
import { resolve } from "../../engine/model/resolve";
import { appOf, clusterOf, hostOf, labOf, testProviders, twoHosts } from "../lab-of";

const greedy = appOf({
  name: "greedy",
  settings: z.object({
    image: imageSetting.default(image("docker.io/x/y", "1", { architectures: ["arm64"] })),
    memory: bytes.default("1Gi"),
    adminPassword: z.string().default("hunter2"),
  }),
  needs: {
    stores: { huge: rebuildable("9Ti"), objects: bucket(rebuildable("1Gi")) },
    secrets: { key: vault("key") },
    gpu: { vendor: "nvidia", count: 1, memory: "80Gi" },
    talksTo: { llm: speaks("openai") },
  },
});
const llm = appOf({ name: "llm", needs: { exposes: { api: { port: 80, scheme: "http", reach: "lan", speaks: "openai", host: "llm" } } } });
const keeper = appOf({ name: "keeper", needs: { secrets: { key: vault("key") } } });

const gpu = { vendor: "nvidia", model: "RTX 4090", memory: "24Gi" } as const;
const one = clusterOf();
const wrong = labOf({
  gitops: { repository: "https://git.test.example/lab.git", branch: "main", mode: "hub", hub: "nowhere" },
  networks: [{ name: "lan", cidr: "192.168.40.0/24", gateway: "192.168.40.11", dhcp: "192.168.40.10-192.168.40.50" }],
  hosts: [...twoHosts, hostOf({ name: "Third Host", memory: "64GB" as never, last: 12 })],
  clusters: [
    clusterOf({
      nodes: one.nodes.map((node) => ({ ...node, gpus: [gpu] })),
      network: { pools: { default: "192.168.40.215-192.168.41.9" } },
      provides: { buckets: undefined, secrets: { ...testProviders.secrets!, backedBy: "keeper" } },
      runs: [
        place(greedy),
        place(greedy, { as: "other", settings: { memory: "1GB" as never } }),
        place(greedy, { as: "typo", settings: { memry: "1Gi" } as never }),
        place(llm),
        place(llm, { as: "llm-2" }),
        place(keeper),
      ],
    }),
    clusterOf({
      name: "air",
      distribution: kind(),
      network: { hostPorts: { host: "mac", from: 21000, to: 21999, http: 80, https: 21443 } },
      nodes: one.nodes,
    }),
  ],
});

test("a wrong lab gives every finding at once, each with its place, what was found, what was expected and how to mend it", () => {
  const { world, findings } = resolve(wrong);
  const all = [...labChecks.flatMap((check) => check(wrong)), ...findings, ...releaseChecks.flatMap((check) => check(world))];
  expect(new Set(all.filter(({ severity }) => severity === "error").map(({ rule }) => rule))).toEqual(
    new Set([
      ...[
        "setting-known",
        "setting-valid",
        "peer-resolved",
        "name-is-label",
        "quantity-valid",
        "reference-known",
        "host-once",
        "cidr-overlap",
        "address-unique",
        "address-static",
        "api-address",
      ],
      ...[
        "pool-in-network",
        "pool-on-kind",
        "pool-overlap",
        "ingress-in-pool",
        "host-port-range",
        "need-met",
        "host-name-unique",
        "image-runs",
        "gpu-fits",
        "claim-fits",
        "disk-unique",
        "start-acyclic",
        "secret-literal",
      ],
    ]),
  );
  expect(
    all.filter(({ address, found, expected, fix }) => [address, found, expected, fix].some((text) => text.trim() === "")).map(sentenceOf),
  ).toEqual([]);
});
