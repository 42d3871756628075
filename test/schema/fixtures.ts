import { join } from "node:path";
import { schemaLibrary, type Catalogue } from "../../engine/schema/catalogue";
import { Compiler } from "../../engine/schema/compile";
import type { JsonSchema } from "../../engine/schema/json-schema";
import { objectMeta } from "../../engine/schema/object-meta";
import { Place, type Problem } from "../../engine/schema/problem";
import { importedOperators } from "../../imports/operators";

export const importsDir = join(__dirname, "..", "..", "imports");

/** Every kind that the repository has schemas for. */
export function everything(): Catalogue {
  return schemaLibrary(importsDir).catalogueOf("1.36", importedOperators);
}

/** What a schema finds wrong with a value. */
export function problems(schema: JsonSchema, value: unknown): readonly Problem[] {
  const place = new Place();
  const definitions = { named: { type: "object", properties: { inner: { $ref: "named" }, size: { type: "integer" } } }, [objectMeta]: { type: "object" } };
  new Compiler({ definitions, besides: {}, metadata: objectMeta }).compile(schema)(value, place);
  return place.problems;
}

/** Problems as lines, for tests that compare them whole. */
export function lines(found: readonly Problem[]): readonly string[] {
  return found.map(({ path, found: what, expected }) => `${path}: ${what}, expected ${expected}`);
}

/** A Deployment that the API server would take, for tests to break in one place. */
export function deployment() {
  return {
    apiVersion: "apps/v1",
    kind: "Deployment",
    metadata: {
      name: "ollama",
      namespace: "ollama",
      labels: { "app.kubernetes.io/name": "ollama" },
      annotations: { "example.com/Why": "any text, even an empty one" },
    },
    spec: {
      replicas: 1,
      strategy: { type: "Recreate" },
      selector: { matchLabels: { "app.kubernetes.io/name": "ollama" } },
      template: {
        metadata: { labels: { "app.kubernetes.io/name": "ollama" } },
        spec: {
          automountServiceAccountToken: false,
          securityContext: { runAsNonRoot: true, seccompProfile: { type: "RuntimeDefault" } },
          containers: [
            {
              name: "ollama",
              image: "ollama/ollama:0.32.15",
              ports: [
                { name: "http", containerPort: 11434, protocol: "TCP" },
                { name: "quic", containerPort: 11434, protocol: "UDP" },
              ],
              env: [{ name: "OLLAMA_KEEP_ALIVE", value: "5m" }],
              resources: { requests: { cpu: "500m", memory: "1Gi" }, limits: { memory: "4Gi", "nvidia.com/gpu": 1 } },
              readinessProbe: { httpGet: { path: "/", port: "http" }, periodSeconds: 10 },
              volumeMounts: [{ name: "models", mountPath: "/models" }],
            },
          ],
          volumes: [{ name: "models", persistentVolumeClaim: { claimName: "ollama-models" } }],
        },
      },
    },
  };
}
