import { lab } from "../../examples/hybrid/lab";
import type { Lab } from "../../engine/model/lab";
import type { Offload } from "../../engine/model/offload";
import { infraFiles } from "../../infra/files";
import { allResources, resourcesOf, stackOf } from "./stacks";

const labWith = (given: Partial<Offload>): Lab => ({ ...lab, offload: { ...lab.offload!, ...given } });
const stack = stackOf(lab, "gcp-offload");
const running = stackOf(labWith({ machine: { ...lab.offload!.machine!, runs: true } }), "gcp-offload");
const types = (it: typeof stack) => Object.keys(it.resource);
const [, template] = resourcesOf(stack, "google_compute_instance_template")[0]!;

test("a pod may ask a model, and nothing else", () => {
  expect(resourcesOf(stack, "google_project_iam_custom_role").map(([, it]) => it["permissions"])).toEqual([["aiplatform.endpoints.predict"]]);
  expect(resourcesOf(stack, "google_project_iam_member").map(([, it]) => [it["role"], it["member"]])).toEqual([
    ["${google_project_iam_custom_role.ask.name}", "${google_service_account.account-litellm-attic.member}"],
  ]);
  expect(allResources(stack).map(([, it]) => String(it["role"])).filter((role) => /roles\/(owner|editor|viewer|aiplatform)/.test(role))).toEqual([]);
});

test("it proves who it is with its own token, on its own cluster, and nobody gets a key", () => {
  const [, provider] = resourcesOf(stack, "google_iam_workload_identity_pool_provider")[0]!;
  expect(provider).toMatchObject({ attribute_condition: "assertion.sub in ['system:serviceaccount:litellm:litellm']", oidc: { jwks_json: "${var.jwks_attic}" } });
  expect(types(stack).filter((type) => /_key$/.test(type))).toEqual(["google_kms_crypto_key"]);
  const { output } = JSON.parse(infraFiles(lab).get("infra/out/gcp-offload/cdk.tf.json") ?? "{}");
  expect(JSON.parse(output["credentials-litellm-attic"].value)).toMatchObject({
    type: "external_account",
    audience: "//iam.googleapis.com/${google_iam_workload_identity_pool_provider.provider-attic.name}",
    credential_source: { file: "/var/run/secrets/google/token" },
  });
});

test("a machine is a template and no more, until somebody says that it runs", () => {
  expect(types(stack)).not.toContain("google_compute_instance_from_template");
  expect(types(stack)).not.toContain("google_compute_router_nat");
  expect(resourcesOf(running, "google_compute_instance_from_template").map(([, it]) => it["source_instance_template"])).toEqual([
    "${google_compute_instance_template.offload.id}",
  ]);
  expect(types(running)).toContain("google_compute_router_nat");
});

test("it stops by itself, has no address of its own, and an account that may do nothing", () => {
  expect(template["scheduling"]).toMatchObject({ max_run_duration: { seconds: 8 * 3600 }, instance_termination_action: "STOP", on_host_maintenance: "TERMINATE" });
  expect(template["network_interface"]).toEqual([{ subnetwork: "${google_compute_subnetwork.subnetwork.id}" }]);
  const bound = JSON.stringify(allResources(stack).filter(([address]) => /iam_member/.test(address)));
  expect(bound).not.toContain("account-offload");
});

test("only Google's own door leads in", () => {
  expect(resourcesOf(stack, "google_compute_firewall").map(([, it]) => [it["source_ranges"], it["allow"]])).toEqual([[["35.235.240.0/20"], [{ protocol: "tcp", ports: ["22"] }]]]);
});

test("its disk is encrypted with a key of ours, which stays", () => {
  expect(template["disk"]).toMatchObject([{ disk_encryption_key: { kms_key_self_link: "${google_kms_crypto_key.key-offload.id}" } }]);
  for (const type of ["google_kms_crypto_key", "google_kms_key_ring"])
    for (const [, it] of resourcesOf(stack, type)) expect(it.lifecycle?.prevent_destroy).toBe(true);
});

test("what is asked, and who asked, is logged; and costs are told", () => {
  expect(resourcesOf(stack, "google_project_iam_audit_config").map(([, it]) => it["service"])).toEqual(
    expect.arrayContaining(["aiplatform.googleapis.com", "sts.googleapis.com", "compute.googleapis.com"]),
  );
  expect(resourcesOf(stack, "google_billing_budget")).toHaveLength(1);
});

test("models alone bring no network, a machine alone no identity", () => {
  const { machine: _machine, ...models } = lab.offload!;
  const { models: _models, ...machine } = lab.offload!;
  expect(types(stackOf({ ...lab, offload: models }, "gcp-offload")).filter((type) => /compute|kms/.test(type))).toEqual([]);
  expect(types(stackOf({ ...lab, offload: machine }, "gcp-offload")).filter((type) => /identity|project_iam_member/.test(type))).toEqual([]);
  const { offload: _, ...without } = lab;
  expect([...infraFiles(without).keys()]).not.toContain("infra/out/gcp-offload/cdk.tf.json");
});

test("the page of costs says what an hour takes, and what a forgotten machine would", () => {
  const page = (it: Lab) => infraFiles(it).get("docs/generated/costs.md") ?? "";
  expect(page(lab)).toContain("| g2-standard-16 | off: 0.00 | 1.26 | 10.08 | 919.80 |");
  expect(page(labWith({ machine: { ...lab.offload!.machine!, runs: true } }))).toContain("| g2-standard-16 | runs | 1.26 |");
});
