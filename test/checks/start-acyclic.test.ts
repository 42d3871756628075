import { z } from "zod";
import { startAcyclic } from "../../engine/checks/releases/start-acyclic";
import { image, imageSetting } from "../../engine/model/image";
import { precious, speaks, vault } from "../../engine/model/needs";
import { place } from "../../engine/model/placement";
import { appOf, clusterOf, testProviders, worldOf } from "../lab-of";

const storage = { precious: { ...testProviders.storage["precious"]!, backedBy: "ceph" } };
const secrets = { ...testProviders.secrets!, backedBy: "vault" };
const metrics = { backedBy: "prometheus", scraper: "prometheus", targetLabels: () => [], watch: () => undefined, alert: () => undefined, dashboard: () => undefined };
const world = (ceph: Parameters<typeof appOf>[0]) =>
  worldOf({
    clusters: [
      clusterOf({
        provides: { storage, secrets, metrics },
        runs: [
          place(appOf({ name: "ceph", ...ceph })),
          place(appOf({ name: "vault", needs: { stores: { data: precious("1Gi") } } })),
          place(appOf({ name: "prometheus", needs: { stores: { data: precious("1Gi") } } })),
        ],
      }),
    ],
  });

test("a circle of start edges is printed whole", () => {
  const [finding] = startAcyclic(world({ needs: { secrets: { key: vault("key") } } }));
  expect(finding?.found).toBe("a circle: one/ceph waits for one/vault (secrets.key), one/vault waits for one/ceph (stores.data)");
});

test("a provider that needs itself is a circle of one", () => {
  expect(startAcyclic(world({ needs: { stores: { own: precious("1Gi") } } })).map((it) => it.found)).toEqual([
    "a circle: one/ceph waits for one/ceph (stores.own)",
  ]);
});

test("Prometheus keeps its data on Ceph while it watches Ceph: watching orders nothing", () => {
  const watched = world({ needs: { watches: { metrics: { mgr: { port: 9283, series: [] } } } } });
  expect(watched.startEdges().map(({ from, to }) => `${from} ${to}`)).toEqual(["one/vault one/ceph", "one/prometheus one/ceph"]);
  expect(startAcyclic(watched)).toEqual([]);
});

describe("over clusters", () => {
  const two = (runs: Parameters<typeof clusterOf>[0]) => clusterOf({ name: "two", nodes: [], ...runs, network: { pods: "10.44.0.0/16", services: "10.45.0.0/16" } });
  const web = { port: 8080, scheme: "http", reach: "lan" } as const;
  const found = (clusters: Parameters<typeof worldOf>[0]) => startAcyclic(worldOf(clusters)).map((it) => it.found);

  test("images come from a registry of the lab, which cannot wait for whoever runs them", () => {
    const storing = (needs: object) => appOf({ name: "registry", needs: { exposes: { web }, ...needs } });
    const ceph = appOf({ name: "ceph", settings: z.object({ image: imageSetting.default(image("registry.two.test.example/ceph", "1.0")) }) });
    const lab = (needs: object) => ({ clusters: [clusterOf({ runs: [place(ceph)] }), two({ provides: { storage: { precious: { ...storage.precious, backedBy: "local" } } }, runs: [place(storing(needs)), place(localOf())] })] });
    const localOf = () => appOf({ name: "local", settings: z.object({ image: imageSetting.default(image("registry.two.test.example/local", "1.0")) }) });
    expect(found(lab({}))).toEqual([]);
    expect(found(lab({ stores: { blobs: precious("1Gi") } }))).toEqual(["a circle: two/registry waits for two/local (stores.blobs), two/local waits for two/registry (image registry.two.test.example/local)"]);
  });

  test("secrets wait for the vault that they are fetched from, wherever it is", () => {
    const fetching = appOf({ name: "vault", needs: { talksTo: { kept: speaks("vault") } } });
    const keeping = (needs: object) => appOf({ name: "keeper", needs: { exposes: { api: { ...web, speaks: "vault" } }, ...needs } });
    const lab = (needs: object) => ({ clusters: [clusterOf({ provides: { secrets }, runs: [place(fetching, { using: { kept: "two/keeper" } })] }), two({ provides: { secrets }, runs: [place(keeping(needs)), place(fetching, { using: { kept: "two/keeper" } })] })] });
    expect(found(lab({}))).toEqual([]);
    expect(found(lab({ secrets: { key: vault("key") } }))).toEqual(["a circle: two/keeper waits for two/vault (secrets.key), two/vault waits for two/keeper (talksTo.kept)"]);
  });
});
