import { urlValid } from "../../engine/checks/lab/url-valid";
import type { Lab } from "../../engine/model/lab";
import { synthesize } from "../../engine/synth";
import { labOf } from "../lab-of";

const labAt = (repository: string, more: Partial<Lab> = {}): Lab => labOf({ gitops: { repository, branch: "main", mode: "hub", hub: "one" }, ...more });

test("an address that cannot be read is found before anybody follows it", () => {
  const { findings, tree } = synthesize(labAt("not a url", { oidc: { issuer: "id.example.org" } }), "imports");
  expect(findings.filter(({ rule }) => rule === "url-valid").map(({ found }) => found)).toEqual(['gitops.repository = "not a url"', 'oidc.issuer = "id.example.org"']);
  expect(tree.size).toBe(0);
});

test.each(["https://git.example.org/me/lab.git", "ssh://git@git.example.org:2222/me/lab.git", "git@git.example.org:me/lab.git"])("%s is fine", (repository) => {
  expect(urlValid(labAt(repository, { oidc: { issuer: "https://id.example.org/realms/lab" } }))).toEqual([]);
});
