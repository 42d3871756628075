import { containerEnvironment, expanded, type Lookup } from "../../tools/control-plane/pods/container-environment";

const lookup: Lookup = async (kind, name) =>
  name === "there" ? { apiVersion: "v1", kind, metadata: { name }, data: { key: kind === "Secret" ? Buffer.from("secret").toString("base64") : "plain" } } : undefined;

test("values come from the manifest, from ConfigMaps, Secrets and the pod itself", async () => {
  const environment = await containerEnvironment(
    [
      { name: "A", value: "1" },
      { name: "B", valueFrom: { configMapKeyRef: { name: "there", key: "key" } } },
      { name: "C", valueFrom: { secretKeyRef: { name: "there", key: "key" } } },
      { name: "D", valueFrom: { fieldRef: { fieldPath: "metadata.namespace" } } },
      { name: "E", value: "$(A)$(C)" },
    ],
    { "metadata.namespace": "argocd" },
    lookup,
  );
  expect(environment).toEqual({ A: "1", B: "plain", C: "secret", D: "argocd", E: "1secret" });
});

test("an optional key that is missing leaves the variable out, any other keeps the container from starting", async () => {
  const reference = { name: "missing", key: "key" };
  await expect(containerEnvironment([{ name: "A", valueFrom: { configMapKeyRef: { ...reference, optional: true } } }], {}, lookup)).resolves.toEqual({});
  await expect(containerEnvironment([{ name: "A", valueFrom: { secretKeyRef: reference } }], {}, lookup)).rejects.toThrow("Secret missing has no key key");
});

test("a reference to nothing known stays as it is", () => {
  expect(expanded("--x=$(A) $(B)", { A: "1" })).toBe("--x=1 $(B)");
});
