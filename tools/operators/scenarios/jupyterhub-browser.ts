import { request } from "node:http";

/** A person at the hub, as far as its pages and its API go. */
export class Browser {
  readonly #cookies = new Map<string, string>();

  constructor(
    private readonly hub: string,
    private readonly person: string,
    private readonly password: string,
  ) {}

  async signIn(): Promise<void> {
    this.#cookies.clear();
    await this.#send("GET", "/hub/login");
    const form = new URLSearchParams({ username: this.person, password: this.password, _xsrf: this.#cookies.get("_xsrf") ?? "" });
    const { status } = await this.#send("POST", "/hub/login", form.toString());
    if (status !== 302) throw new Error(`signing in is answered ${String(status)}`);
    // A page of one's own gives the token by which the API knows that a request is meant.
    await this.#send("GET", "/hub/home");
  }

  /** Starts a server; returns what the hub has against it. */
  async start(profile: string): Promise<string | undefined> {
    const { status, text } = await this.#send("POST", `/hub/api/users/${this.person}/server`, JSON.stringify({ profile }), "application/json");
    return [201, 202].includes(status) ? undefined : `${String(status)}: ${text}`;
  }

  /** Why the server is not ready, from the hub's view. */
  async notReady(): Promise<string | undefined> {
    const { text } = await this.#send("GET", `/hub/api/users/${this.person}`);
    return /"ready":\s*true/.test(text) ? undefined : `the hub says: ${text.slice(0, 300)}`;
  }

  async stop(): Promise<void> {
    await this.#send("DELETE", `/hub/api/users/${this.person}/server`);
  }

  // Not by fetch, which says of every request that a script has made it: the hub gives its token to navigation alone.
  #send(method: string, path: string, body = "", type = "application/x-www-form-urlencoded"): Promise<Answer> {
    const cookie = [...this.#cookies].map(([name, value]) => `${name}=${value}`).join("; ");
    const headers = { cookie, "X-XSRFToken": this.#cookies.get("_xsrf") ?? "", "content-type": type, "content-length": String(Buffer.byteLength(body)) };
    return new Promise((resolve, reject) => {
      const asked = request(`${this.hub}${path}`, { method, headers }, (response) => {
        for (const line of response.headers["set-cookie"] ?? []) {
          const [pair = ""] = line.split(";");
          const cut = pair.indexOf("=");
          this.#cookies.set(pair.slice(0, cut), pair.slice(cut + 1));
        }
        const parts: string[] = [];
        response.setEncoding("utf8").on("data", (part: string) => parts.push(part));
        response.on("end", () => resolve({ status: response.statusCode ?? 0, text: parts.join("") }));
      });
      asked.on("error", reject);
      asked.end(body);
    });
  }
}

interface Answer {
  readonly status: number;
  readonly text: string;
}
