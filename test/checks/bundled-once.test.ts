import { bundledOnce } from "../../engine/checks/releases/bundled-once";
import { k3s } from "../../engine/model/distribution";
import { place } from "../../engine/model/placement";
import { appOf, clusterOf, worldOf } from "../lab-of";

const found = (distribution: ReturnType<typeof k3s>, app: string) =>
  bundledOnce(worldOf({ clusters: [clusterOf({ distribution, runs: [place(appOf({ name: app }))] })] })).map((it) => [it.address, it.fix]);

test("an app that k3s brings itself is found, with the word that switches k3s' own off (k3s#2765)", () => {
  const fix = 'Set k3s({ disable: ["traefik"] }), and `disable: [traefik]` in k3s\' own configuration';
  expect(found(k3s({ disable: ["servicelb"] }), "traefik")).toEqual([["one/traefik", fix]]);
});

test("servicelb is switched off wherever pools are handed out (metallb#306)", () => {
  expect(found(k3s({ disable: ["traefik"] }), "ollama").map(([address]) => address)).toEqual(["one"]);
});

test("what is switched off may be placed", () => {
  expect(found(k3s({ disable: ["traefik", "servicelb"] }), "traefik")).toEqual([]);
});
