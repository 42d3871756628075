/**
 * Stands before Ollama, passes every byte on as it comes, and counts: Ollama says in the last piece of each answer how many
 * tokens it read and wrote, and how long that took (`Metrics` in api/types.go at v0.32.15; `usage` where the caller speaks
 * OpenAI's or Anthropic's API). Of an answer it keeps the beginning, which names the model, and the end: never the whole.
 */
export const meterProgram = String.raw`// @ts-check
import { Agent, createServer, request as ask } from "node:http";

const port = (/** @type {string} */ name) => Number(process.env[name]);
const ollama = { host: "127.0.0.1", port: port("OLLAMA_PORT"), agent: new Agent({ keepAlive: true }) };

/** What asks a model for something. Everything else is passed on, and counted as "other". */
const metered = new Set(["/api/generate", "/api/chat", "/api/embed", "/api/embeddings", "/v1/chat/completions", "/v1/completions", "/v1/embeddings", "/v1/responses", "/v1/messages"]);

/** @type {Map<string, { type: string, help: string, values: Map<string, number> }>} */
const families = new Map();
/** @typedef {Record<string, string | number>} Labels */
const quoted = (/** @type {string | number} */ value) => '"' + String(value).replaceAll("\\", "\\\\").replaceAll('"', '\\"').replaceAll("\n", "\\n") + '"';
const sample = (/** @type {string} */ name, /** @type {Labels} */ labels) => {
  const pairs = Object.entries(labels).map(([key, value]) => key + "=" + quoted(value));
  return pairs.length ? name + "{" + pairs.join(",") + "}" : name;
};

/** @param {string} name @param {string} help @param {string} type */
function family(name, help, type = "counter") {
  /** @type {Map<string, number>} */
  const values = new Map();
  families.set(name, { type, help, values });
  const add = (/** @type {number} */ by, /** @type {Labels} */ labels = {}, suffix = "") => {
    const key = sample(name + suffix, labels);
    values.set(key, (values.get(key) ?? 0) + by);
  };
  return { add, replace: (/** @type {readonly (readonly [Labels, number])[]} */ now) => { values.clear(); for (const [labels, value] of now) add(value, labels); } };
}

const requests = family("ollama_requests_total", "Requests that ended, by what was asked and how: 499 where the caller went away first, 502 where Ollama did.");
const inFlight = family("ollama_requests_in_flight", "Requests to a model that have not ended.", "gauge");
const waiting = family("ollama_requests_waiting", "Of those, the ones that have no byte of an answer yet: queued, loading or reading; where the caller does not stream, writing too.", "gauge");
const unmetered = family("ollama_requests_without_usage_total", "Requests to a model that ended well and told no tokens: OpenAI streams without stream_options.include_usage.");
const firstByte = family("ollama_first_byte_seconds", "How long callers waited for the first byte of an answer.", "histogram");
const read = family("ollama_prompt_tokens_total", "Tokens of prompts that were read.");
const written = family("ollama_completion_tokens_total", "Tokens that were written.");
const timed = {
  reading: family("ollama_prompt_seconds_total", "Time in which prompts were read, of requests to /api."),
  writing: family("ollama_completion_seconds_total", "Time in which answers were written, of requests to /api."),
  loading: family("ollama_load_seconds_total", "Time in which requests to /api waited for their model to be loaded, and for others to make room."),
  slot: family("ollama_slot_wait_seconds_total", "Time in which requests to /api waited for one of the model's parallel slots."),
};
const up = family("ollama_up", "Whether Ollama answers.", "gauge");
const size = family("ollama_model_bytes", "What a loaded model takes.", "gauge");
const onGpu = family("ollama_model_gpu_bytes", "What of it is on a GPU.", "gauge");
for (const gauge of [inFlight, waiting]) gauge.add(0);

const buckets = [0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 120, 300];
/** @param {number} seconds @param {Labels} labels */
function observe(seconds, labels) {
  for (const le of buckets) firstByte.add(seconds <= le ? 1 : 0, { ...labels, le }, "_bucket");
  firstByte.add(1, { ...labels, le: "+Inf" }, "_bucket");
  firstByte.add(seconds, labels, "_sum");
  firstByte.add(1, labels, "_count");
}

/** Of one connection alone: https://www.rfc-editor.org/rfc/rfc9110#section-7.6.1 */
const hops = new Set(["connection", "expect", "keep-alive", "proxy-authenticate", "proxy-authorization", "proxy-connection", "te", "trailer", "upgrade"]);
/** @param {import("node:http").IncomingHttpHeaders} headers */
const passedOn = (headers) => Object.fromEntries(Object.entries(headers).filter(([name]) => !hops.has(name)));

/** The beginning of an answer and its end, however long it is. */
class Ends {
  head = "";
  tail = "";
  /** @param {Buffer} chunk */
  add(chunk) {
    const text = chunk.toString("latin1");
    if (this.head.length < 4096) this.head += text.slice(0, 4096);
    // The last piece of an answer may carry its tokens' probabilities after the counts.
    this.tail = (this.tail + text).slice(-65536);
  }
  /** The last value of a field: text of a model has its quotes escaped, and is never taken for one. @param {string} names */
  number(names) {
    const found = [...this.tail.matchAll(new RegExp('"(?:' + names + ')" ?: ?(\\d+)', "g"))].at(-1)?.[1];
    return found === undefined ? undefined : Number(found);
  }
  model() {
    const field = /"model" ?: ?"((?:[^"\\]|\\.)+)"/;
    return (field.exec(this.head) ?? field.exec(this.tail))?.[1] ?? "unknown";
  }
}

/** @param {string} path @param {Ends} answer */
function account(path, answer) {
  const prompt = answer.number("prompt_eval_count|prompt_tokens|input_tokens");
  const completion = answer.number("eval_count|completion_tokens|output_tokens");
  if (prompt === undefined && completion === undefined) return unmetered.add(1, { path });
  const model = answer.model();
  read.add(prompt ?? 0, { model, path });
  written.add(completion ?? 0, { model, path });
  const total = answer.number("total_duration");
  if (total === undefined) return;
  const [reading, writing, loading] = ["prompt_eval_duration", "eval_duration", "load_duration"].map((name) => answer.number(name) ?? 0);
  timed.reading.add(reading / 1e9, { model });
  timed.writing.add(writing / 1e9, { model });
  timed.loading.add(loading / 1e9, { model });
  // Embeddings tell no time of their own: what is left of theirs is the work.
  if (reading + writing > 0) timed.slot.add(Math.max(0, total - reading - writing - loading) / 1e9, { model });
}

const server = createServer((incoming, outgoing) => {
  const began = performance.now();
  const asked = (incoming.url ?? "").split("?")[0];
  const path = incoming.method === "POST" && metered.has(asked) ? asked : "other";
  const counted = path !== "other";
  const ends = new Ends();
  let code = 499;
  let answering = false;
  if (counted) for (const gauge of [inFlight, waiting]) gauge.add(1);

  const headers = passedOn(incoming.headers);
  const onward = ask({ ...ollama, method: incoming.method, path: incoming.url, headers }, (answer) => {
    outgoing.writeHead(answer.statusCode ?? 502, answer.statusMessage, passedOn(answer.headers));
    outgoing.flushHeaders();
    answer.on("data", (chunk) => {
      if (!counted) return;
      if (!answering) {
        answering = true;
        waiting.add(-1);
        observe((performance.now() - began) / 1000, { path });
      }
      ends.add(chunk);
    });
    answer.on("end", () => (code = answer.statusCode ?? 502));
    // Cut off in the middle: the caller must see that, too.
    answer.on("error", () => {
      code = 502;
      outgoing.destroy();
    });
    answer.pipe(outgoing);
  });
  onward.on("error", (error) => {
    if (outgoing.closed) return;
    code = 502;
    if (outgoing.headersSent) return outgoing.destroy();
    outgoing.writeHead(502, { "content-type": "application/json" });
    outgoing.end(JSON.stringify({ error: "Ollama does not answer: " + error.message }) + "\n");
  });
  incoming.pipe(onward);

  outgoing.on("close", () => {
    // Whoever went away wants no answer: Ollama stops writing it.
    if (!outgoing.writableFinished) onward.destroy();
    requests.add(1, { path, code });
    if (!counted) return;
    inFlight.add(-1);
    if (!answering) waiting.add(-1);
    if (code === 200) account(path, ends);
  });
});
// Uploads of models take as long as they take.
server.requestTimeout = 0;
server.keepAliveTimeout = 75_000;

/** @typedef {{ name: string, size?: number, size_vram?: number }} Loaded */
async function lookAtModels() {
  try {
    const response = await fetch("http://127.0.0.1:" + ollama.port + "/api/ps", { signal: AbortSignal.timeout(5000) });
    const { models = [] } = /** @type {{ models?: Loaded[] }} */ (await response.json());
    up.replace([[{}, response.ok ? 1 : 0]]);
    size.replace(models.map((it) => [{ model: it.name }, it.size ?? 0]));
    onGpu.replace(models.map((it) => [{ model: it.name }, it.size_vram ?? 0]));
  } catch {
    up.replace([[{}, 0]]);
    for (const gauge of [size, onGpu]) gauge.replace([]);
  }
}

const told = () => [...families].map(([name, { type, help, values }]) => ["# HELP " + name + " " + help, "# TYPE " + name + " " + type, ...[...values].map(([key, value]) => key + " " + value)].join("\n") + "\n").join("");

const metrics = createServer(async (incoming, outgoing) => {
  if (incoming.url === "/health") return outgoing.end("ok\n");
  if (incoming.url !== "/metrics") return outgoing.writeHead(404).end();
  await lookAtModels();
  outgoing.writeHead(200, { "content-type": "text/plain; version=0.0.4; charset=utf-8" }).end(told());
});

server.listen(port("LISTEN_PORT"), process.env.LISTEN_HOST);
metrics.listen(port("METRICS_PORT"), process.env.LISTEN_HOST);
process.on("SIGTERM", () => {
  for (const each of [server, metrics]) each.close();
  ollama.agent.destroy();
});
`;
