import type { z } from "zod";
import { openWebui } from "../../apps/open-webui/open-webui";
import { flowsOf } from "../../engine/model/flow";
import { fieldOf, type Manifest } from "../../engine/model/manifest";
import type { Lab } from "../../engine/model/lab";
import { place } from "../../engine/model/placement";
import { podTemplateOf, type ContainerSpec, type PodTemplate } from "../../engine/model/pod-template";
import { resolve, type World } from "../../engine/model/resolve";
import { appOf, builtOf, clusterOf, labOf, worldOf } from "../lab-of";

type Settings = z.input<typeof openWebui.settings>;

const models = place(appOf({ name: "models", needs: { exposes: { api: { port: 11434, scheme: "http", reach: "cluster", speaks: ["ollama", "openai"] } } } }));
const people = [{ name: "ada", email: "ada@test.example", groups: ["admins"] }];
const oidc = { issuer: "https://id.test.example/" };

const labWith = (settings: Settings, lab: Partial<Lab> = {}): Partial<Lab> => ({ people, oidc, ...lab, clusters: [clusterOf({ runs: [place(openWebui, { settings }), models] })] });
const worldWith = (settings: Settings): World => worldOf(labWith(settings));
const objectsOf = (settings: Settings): readonly Manifest[] => builtOf(worldWith(settings))[0]?.manifests ?? [];
const deploymentOf = (settings: Settings): Manifest | undefined => objectsOf(settings).find(({ kind }) => kind === "Deployment");

function podOf(settings: Settings): PodTemplate["spec"] & { readonly main: ContainerSpec } {
  const deployment = deploymentOf(settings);
  const spec = deployment && podTemplateOf(deployment)?.spec;
  const main = spec?.containers[0];
  if (!spec || !main) throw new Error("no Deployment with a pod");
  return { ...spec, main };
}

/** Plain variables by name; those that come from a secret are told as `secret: <name>`. */
const variablesOf = (settings: Settings): Readonly<Record<string, string>> =>
  Object.fromEntries((podOf(settings).main.env ?? []).map(({ name, value, valueFrom }) => [name, value ?? `secret: ${String(fieldOf(valueFrom, "secretKeyRef", "name"))}`]));

test("it talks to Ollama in its own words, or to anything else in OpenAI's", () => {
  expect(variablesOf({})).toMatchObject({ ENABLE_OLLAMA_API: "True", OLLAMA_BASE_URL: "http://models.models.svc.cluster.local:11434", ENABLE_OPENAI_API: "False" });
  expect(variablesOf({ api: "openai" })).toMatchObject({ ENABLE_OPENAI_API: "True", OPENAI_API_BASE_URL: "http://models.models.svc.cluster.local:11434/v1", ENABLE_OLLAMA_API: "False" });
});

test("what people wrote is precious, and the key that opens it is kept with it", () => {
  const { needs } = worldWith({}).releases[0] ?? {};
  expect(needs?.stores?.["data"]?.worth).toBe("precious");
  expect(needs?.secrets?.["sessionKey"]).toMatchObject({ from: "generated", guards: true });
  expect(variablesOf({})["WEBUI_SECRET_KEY"]).toBe("secret: open-webui-session-key");
});

test("an update stops the old pod before the new one opens the database", () => {
  expect(fieldOf(deploymentOf({}), "spec", "strategy", "type")).toBe("Recreate");
});

test("it writes to mounted folders alone", () => {
  const pod = podOf({});
  const mounted = pod.main.volumeMounts?.map(({ mountPath }) => mountPath) ?? [];
  const { DATA_DIR = "", STATIC_DIR = "", HOME = "" } = variablesOf({});
  expect(pod.main.securityContext).toMatchObject({ readOnlyRootFilesystem: true });
  expect(pod.securityContext).toMatchObject({ runAsNonRoot: true });
  expect(mounted).toEqual(expect.arrayContaining([DATA_DIR, STATIC_DIR, HOME]));
});

test("its static files are there before it starts, since it finds none in an empty folder", () => {
  const [before] = podOf({}).initContainers ?? [];
  expect(before?.command).toEqual(["cp", "-R", "/app/backend/open_webui/static/.", "/static/"]);
  expect(before?.volumeMounts?.map(({ mountPath }) => mountPath)).toContain("/static");
});

test("nobody signs up, and the administrator is known before the first visitor comes", () => {
  expect(variablesOf({})).toMatchObject({ ENABLE_SIGNUP: "False", DEFAULT_USER_ROLE: "pending", WEBUI_ADMIN_EMAIL: "ada@test.example", WEBUI_ADMIN_PASSWORD: "secret: open-webui-admin-password" });
});

test("a lab without an administrator is told to name one", () => {
  const rules = (settings: Settings) => resolve(labOf(labWith(settings, { people: [] }))).findings.map(({ rule }) => rule);
  expect(rules({})).toEqual(["open-webui-admin"]);
  expect(rules({ admin: "sam@test.example" })).toEqual([]);
});

describe("signing in where the lab does", () => {
  test("asks the lab's issuer, and shows no form for passwords", () => {
    expect(variablesOf({ signIn: "oidc" })).toMatchObject({
      ENABLE_LOGIN_FORM: "False",
      OPENID_PROVIDER_URL: "https://id.test.example/.well-known/openid-configuration",
      OPENID_REDIRECT_URI: "https://open-webui.one.test.example/oauth/oidc/login/callback",
      OAUTH_CLIENT_SECRET: "secret: open-webui-oidc-secret",
    });
  });

  test("takes the client's secret from the vault, and only then", () => {
    expect(worldWith({ signIn: "oidc" }).releases[0]?.needs.secrets?.["oidcSecret"]).toEqual({ from: "vault", key: "one-open-webui-oidc" });
    expect(worldWith({}).releases[0]?.needs.secrets).not.toHaveProperty("oidcSecret");
  });

  test("is a finding where the lab names no issuer", () => {
    const { oidc: _oidc, ...without } = labOf(labWith({ signIn: "oidc" }));
    expect(resolve(without).findings.map(({ rule }) => rule)).toEqual(["open-webui-oidc"]);
  });
});

describe("the internet", () => {
  const outside = (settings: Settings): readonly number[] => {
    const world = worldWith(settings);
    const [release] = world.releases;
    return release ? flowsOf(release, world).flatMap(({ to, port }) => (to.kind === "addresses" && to.cidrs.includes("0.0.0.0/0") ? [port] : [])) : [];
  };

  test("is closed, and it looks for nothing there", () => {
    expect(outside({})).toEqual([]);
    expect(variablesOf({})).toMatchObject({ OFFLINE_MODE: "True", ENABLE_VERSION_UPDATE_CHECK: "False", ENABLE_PIP_INSTALL_FRONTMATTER_REQUIREMENTS: "False" });
  });

  test("opens by choice", () => {
    expect(outside({ internet: true })).toEqual([443]);
    expect(variablesOf({ internet: true })["OFFLINE_MODE"]).toBe("False");
  });
});

test("what is written here wins over what somebody clicked, unless the owner wants it the other way", () => {
  expect(variablesOf({})["ENABLE_PERSISTENT_CONFIG"]).toBe("False");
  expect(variablesOf({ settingsFrom: "interface" })["ENABLE_PERSISTENT_CONFIG"]).toBe("True");
});
