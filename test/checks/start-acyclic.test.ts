import { startAcyclic } from "../../engine/checks/releases/start-acyclic";
import { precious, vault } from "../../engine/model/needs";
import { place } from "../../engine/model/placement";
import { startEdges } from "../../engine/model/start-order";
import { appOf, clusterOf, testProviders, worldOf } from "../lab-of";

const storage = { precious: { ...testProviders.storage["precious"]!, backedBy: "ceph" } };
const secrets = { ...testProviders.secrets!, backedBy: "vault" };
const metrics = { backedBy: "prometheus", scraper: "prometheus", watch: () => undefined, alert: () => undefined, dashboard: () => undefined };
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
  expect(startEdges(watched).map(({ from, to }) => `${from} ${to}`)).toEqual(["one/vault one/ceph", "one/prometheus one/ceph"]);
  expect(startAcyclic(watched)).toEqual([]);
});
