import { imageSizesUsed } from "../../engine/checks/releases/image-sizes-used";
import { image } from "../../engine/model/image";
import { place } from "../../engine/model/placement";
import { containerApp } from "../../engine/workload/container-app";
import { appOf, clusterOf, worldOf } from "../lab-of";

const web = containerApp({ name: "web", image: image("docker.io/x/web", "1.0"), port: 8080 });
const runner = appOf({ name: "runner", makes: [{ component: "job", labels: {}, count: 1, requests: { cpu: "10m", memory: "10Mi" } }] });
const found = (...names: readonly string[]) =>
  imageSizesUsed(worldOf({ imageSizes: { each: Object.fromEntries(names.map((name) => [name, "1Gi" as const])) }, clusters: [clusterOf({ runs: [place(web), place(runner)] })] })).map(({ found: what, fix }) => `${what}: ${fix}`);

test("a size of what nobody pulls is found, and what was meant is said", () => {
  expect(found("docker.io/x/wbe")).toEqual(['a size of docker.io/x/wbe, which no pod of the lab pulls: Write "docker.io/x/web"']);
});

test("sizes of what pods, controllers' pods and the distribution pull are quiet", () => {
  expect(found("docker.io/x/web", "runner's job", "coredns")).toEqual([]);
});
