import type { LabUnderTest } from "../../tools/control-plane/cluster/cluster-under-test";
import { nodeObject } from "../../tools/control-plane/cluster/node-object";
import { repositoryPath } from "../../tools/control-plane/git/repository";
import { filesFor } from "../../tools/control-plane/git/upstream-repositories";
import { fieldOf } from "../../tools/control-plane/kubernetes/object";
import { addressesOf } from "../../tools/control-plane/network/addresses";

const cluster = { kubernetesVersion: "v1.36.0", services: "10.100.0.0/16", pods: "10.1.0.0/16", nodes: [], brings: [] };
const lab: LabUnderTest = {
  repository: "https://git.example/lab.git",
  branch: "main",
  hub: "studio",
  clusters: [{ ...cluster, name: "studio", api: "https://studio-control-plane:6443" }, { ...cluster, name: "pi", api: "https://192.168.50.11:6443" }],
};

describe("in the run's own network", () => {
  const { endpoints, hostsFile, local } = addressesOf(lab, ["git.example"], [{ namespace: "argocd", name: "argocd-repo-server" }]);

  test("an API server keeps the address that the lab gives it", () => {
    expect(endpoints.get("pi")).toMatchObject({ address: "192.168.50.11", port: 6443 });
    expect(local).toContain("192.168.50.11/32");
  });

  test("one that is only a name gets an address for it", () => {
    const { address } = endpoints.get("studio")!;
    expect(hostsFile).toContain(`${address} studio-control-plane\n`);
  });

  test("the git server answers for the repository's host, and Argo CD's Services for themselves", () => {
    expect(hostsFile).toContain("127.0.0.1 git.example\n");
    expect(hostsFile).toContain("127.0.0.1 argocd-repo-server.argocd.svc\n");
  });
});

test("a node has its architecture, its own labels and taints, and what pods can use", () => {
  const taints = [{ key: "gpu", effect: "NoSchedule" as const }];
  const node = nodeObject(lab.clusters[0]!, { name: "n", arch: "arm64", allocatable: { cpu: "4", "nvidia.com/gpu": "2" }, labels: { role: "gpu" }, taints });
  expect(node.metadata.labels).toMatchObject({ "kubernetes.io/arch": "arm64", role: "gpu" });
  expect(fieldOf(node, "spec", "taints")).toEqual(taints);
  expect(fieldOf(node, "status", "allocatable", "nvidia.com/gpu")).toBe("2");
});

test.each(["https://git.example/owner/lab", "https://git.example/owner/lab.git", "https://git.example/owner/lab/"])("%s is one repository", (url) => {
  expect(repositoryPath(url)).toBe("git.example/owner/lab.git");
});

describe("an operator's own repository holds its definitions", () => {
  const definition = (plural: string): Parameters<typeof filesFor>[1][number] => ({ apiVersion: "x/v1", kind: "CustomResourceDefinition", metadata: { name: `${plural}.g.io` }, spec: { group: "g.io", names: { plural } } });

  test("in files that the pattern lets through", () => {
    expect(filesFor("*g.io_*.yaml", [definition("as"), definition("bs"), definition("as")]).map(([name]) => name)).toEqual(["g.io_as.yaml", "g.io_bs.yaml"]);
  });

  test("in one file where there is no pattern", () => {
    expect(filesFor("crds.yaml", [definition("as"), definition("bs")]).map(([name]) => name)).toEqual(["crds.yaml"]);
  });
});
