import { renderWitness } from "../../engine/cli/fit";

const free = { cpu: 1.5, memory: 2 ** 31, disk: 0, devices: { "nvidia.com/gpu": 1 } };
const pods = (name: string, count = 1) => ({ release: "one/web", name, count });

test("every node shows its pods, and what is left", () => {
  const text = renderWitness({ nodes: [{ address: "one/a", pods: [pods("Deployment/web", 2)], free, images: { bytes: 5 * 2 ** 30, unknown: ["docker.io/x/y:1"] } }], homeless: [], losses: [{ address: "one/a", homeless: [], bound: [] }] });
  expect(text).toBe("one/a  free: 1.5 CPU, 2Gi memory, 0Gi disk, 1 nvidia.com/gpu\n  images: 5Gi, and 1 of unknown size\n    2 × one/web  Deployment/web\nimages of unknown size, counted as nothing\n  docker.io/x/y:1\n");
});

test("what images of unknown size are counted as is said", () => {
  const text = renderWitness({ othersCountedAs: "2Gi", nodes: [{ address: "one/a", pods: [], free, images: { bytes: 7 * 2 ** 30, unknown: ["docker.io/x/y:1"] } }], homeless: [], losses: [] });
  expect(text).toContain("  images: 7Gi, 1 of them counted as 2Gi\nimages of unknown size, counted as 2Gi\n  docker.io/x/y:1\n");
});

test("what finds no node, and what the loss of one costs, is named", () => {
  const text = renderWitness({ nodes: [], homeless: [pods("Deployment/big")], losses: [{ address: "one/a", homeless: [{ ...pods("Deployment/web"), environment: "development" }], bound: [pods("StatefulSet/db")] }] });
  expect(text).toContain("nowhere\n    1 × one/web  Deployment/big");
  expect(text).toContain("while one/a is gone\n    1 × one/web  Deployment/web (development): finds no other node\n    1 × one/web  StatefulSet/db: waits for its volume there");
});
