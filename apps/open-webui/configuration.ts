interface Configuration {
  readonly settings: {
    readonly api: "ollama" | "openai";
    readonly signIn: "password" | "oidc";
    readonly oidcClient: string;
    readonly settingsFrom: "code" | "interface";
    readonly internet: boolean;
  };
  /** Its own, as people see it. */
  readonly url: string;
  /** Of whoever serves the models. */
  readonly models: string;
  readonly oidc: { readonly issuer: string } | undefined;
}

type Variables = Readonly<Record<string, string>>;

const flag = (on: boolean): string => (on ? "True" : "False");

/** Everything that is not a secret, from backend/open_webui/{env,config}.py at 0.11.2. */
export const configuration = (it: Configuration): Variables => ({ ...places, ...web(it), ...models(it), ...people(it) });

/**
 * Its data is on the volume alone. The embedding, speech and token models that the image brings stay where they are in the
 * image, which its own variables point at: a volume mounted over them would make it download them again.
 */
const places: Variables = {
  DATA_DIR: "/data",
  STATIC_DIR: "/static",
  HOME: "/tmp",
};

const web = ({ settings, url }: Configuration): Variables => ({
  WEBUI_URL: url,
  CORS_ALLOW_ORIGIN: url,
  WEBUI_SESSION_COOKIE_SECURE: flag(url.startsWith("https:")),
  ENABLE_PERSISTENT_CONFIG: flag(settings.settingsFrom === "interface"),
  // Neither models nor updates are looked for, and no plugin installs packages.
  OFFLINE_MODE: flag(!settings.internet),
  ENABLE_VERSION_UPDATE_CHECK: flag(false),
  // Packages would go with the next restart: the root file system is read-only.
  ENABLE_PIP_INSTALL_FRONTMATTER_REQUIREMENTS: flag(false),
});

const models = ({ settings, models: url }: Configuration): Variables =>
  settings.api === "ollama"
    ? { ENABLE_OLLAMA_API: flag(true), OLLAMA_BASE_URL: url, ENABLE_OPENAI_API: flag(false) }
    : { ENABLE_OLLAMA_API: flag(false), ENABLE_OPENAI_API: flag(true), OPENAI_API_BASE_URL: `${url}/v1` };

/** Nobody signs up: with passwords an administrator adds people, with OIDC they wait for one to let them in. */
const people = ({ settings, url, oidc }: Configuration): Variables => ({
  ENABLE_SIGNUP: flag(false),
  DEFAULT_USER_ROLE: "pending",
  ...(settings.signIn === "oidc" && oidc
    ? {
        ENABLE_LOGIN_FORM: flag(false),
        ENABLE_OAUTH_SIGNUP: flag(true),
        // There is one issuer, and it is the lab's: its word on an address is good, and makes the first administrator one.
        OAUTH_MERGE_ACCOUNTS_BY_EMAIL: flag(true),
        OPENID_PROVIDER_URL: `${oidc.issuer.replace(/\/$/, "")}/.well-known/openid-configuration`,
        OPENID_REDIRECT_URI: `${url}/oauth/oidc/login/callback`,
        OAUTH_CLIENT_ID: settings.oidcClient,
      }
    : {}),
});
