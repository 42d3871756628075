import { partsOf } from "../../engine/plan/image";
import { changed, deployment } from "../../tools/control-plane/plan/objects";
import { planOfRelease } from "../../tools/control-plane/plan/sides";
import { jump } from "../../engine/plan/upgrades/jump";

const effectOf = (repository: string, from: string, to: string) => jump({ repository, from, to })?.effect;

test.each([
  ["docker.io/rook/ceph", "v1.20.5", "v1.20.6", undefined],
  ["docker.io/rook/ceph", "v1.19.3", "v1.20.6", undefined],
  ["docker.io/rook/ceph", "v1.18.9", "v1.20.6", "data at risk"],
  ["docker.io/rook/ceph", "v1.20.6", "v1.19.3", "data at risk"],
  ["quay.io/ceph/ceph", "v18.2.7", "v20.2.4", undefined],
  ["quay.io/ceph/ceph", "v17.2.9", "v20.2.4", "data at risk"],
  ["quay.io/ceph/ceph", "v20.2.4", "v19.2.6", "data at risk"],
  ["docker.io/library/postgres", "18.1", "18.4", undefined],
  ["docker.io/library/postgres", "18.4", "18.1", undefined],
  ["ghcr.io/cloudnative-pg/postgresql", "17.9-system-trixie", "18.4-system-trixie", "data at risk"],
  ["docker.io/library/postgres", "18.4", "17.9", "data at risk"],
  ["docker.io/gitlab/gitlab-ce", "19.2.1-ce.0", "19.5.0-ce.0", undefined],
  ["docker.io/gitlab/gitlab-ce", "19.1.0-ce.0", "19.3.1-ce.0", "data at risk"],
  ["docker.io/gitlab/gitlab-ce", "18.11.4-ce.0", "19.2.0-ce.0", undefined],
  ["docker.io/gitlab/gitlab-ce", "18.9.0-ce.0", "19.0.0-ce.0", "data at risk"],
  ["docker.io/gitlab/gitlab-ce", "19.3.1-ce.0", "19.2.0-ce.0", "data at risk"],
  ["quay.io/argoproj/argocd", "v3.5.6", "v3.5.7", undefined],
  ["quay.io/argoproj/argocd", "v3.4.7", "v3.5.7", undefined],
  ["quay.io/argoproj/argocd", "v3.3.14", "v3.5.7", "restart"],
  ["quay.io/argoproj/argocd", "v2.14.0", "v3.0.0", "restart"],
  ["docker.io/ollama/ollama", "0.32.15", "0.33.0", undefined],
  ["docker.io/traefik", "v3.7.11", "v4.0.0", "live change"],
  ["docker.io/traefik", "v3.7.11", "v3.6.0", "live change"],
  ["docker.io/traefik", "main", "edge", undefined],
])("%s %s → %s: %s", (repository, from, to, effect) => {
  expect(effectOf(repository, from, to)).toBe(effect);
});

test("what is not allowed names the product's own page", () => {
  expect(jump({ repository: "docker.io/rook/ceph", from: "v1.18.9", to: "v1.20.6" })?.says).toContain("https://rook.io/docs/");
});

test("a mirror's image is the same product, and another path of the same registry is not", () => {
  const said = (before: string, after: string) => planOfRelease([changed(deployment, "spec.template.spec.containers.0.image", before)], [changed(deployment, "spec.template.spec.containers.0.image", after)]).units.flatMap(({ consequences }) => consequences.filter(({ rule }) => rule === "image-version").map(({ effect }) => effect));
  expect(said("docker.io/library/postgres:17.9", "mirror.lab/library/postgres:18.4")).toEqual(["data at risk"]);
  expect(said("docker.io/postgres:17.9", "mirror.lab/hub/postgres:18.4")).toEqual(["data at risk"]);
  expect(said("docker.io/library/postgres:18.1", "mirror.lab/library/postgres:18.4")).toEqual([]);
  expect(said("docker.io/one/app:1.0", "docker.io/two/app:9.0")).toEqual([]);
});

test("an image is its repository and its tag, wherever there are colons", () => {
  expect(partsOf("registry.lab:5000/team/app:1.2@sha256:abc")).toEqual({ repository: "registry.lab:5000/team/app", version: "1.2" });
  expect(partsOf("registry.lab:5000/app")).toEqual({ repository: "registry.lab:5000/app", version: "latest" });
  expect(partsOf("app@sha256:abc")).toEqual({ repository: "app", version: "sha256:abc" });
});
