import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createServer, request, type IncomingMessage, type RequestListener, type Server } from "node:http";
import { createServer as createSocket, type AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import path from "node:path";
import ts from "typescript";
import { meterMetrics } from "../../apps/ollama/meter";
import { meterProgram } from "../../apps/ollama/meter-program";
import { nameOfSeries, seriesFrom } from "../../engine/model/series";

const folder = mkdtempSync(path.join(tmpdir(), "meter-"));
const program = path.join(folder, "meter.mjs");
writeFileSync(program, meterProgram);
afterAll(() => rmSync(folder, { recursive: true }));

/** Ports that nobody listens on at this moment. */
async function freePorts(count: number): Promise<readonly number[]> {
  const sockets = await Promise.all(Array.from({ length: count }, async () => {
    const socket = createSocket().listen(0, "127.0.0.1");
    await once(socket, "listening");
    return socket;
  }));
  const ports = sockets.map((socket) => (socket.address() as AddressInfo).port);
  await Promise.all(sockets.map((socket) => new Promise((closed) => socket.close(closed))));
  return ports;
}

let ollama: Server;
let answering: RequestListener;
let loaded: readonly object[];
let child: ChildProcess;
let api: number;
let metrics: number;

beforeEach(async () => {
  loaded = [];
  ollama = createServer((incoming, outgoing) => {
    if (incoming.url === "/api/ps") outgoing.end(JSON.stringify({ models: loaded }));
    else answering(incoming, outgoing);
  }).listen(0, "127.0.0.1");
  await once(ollama, "listening");
  const [first = 0, second = 0] = await freePorts(2);
  [api, metrics] = [first, second];
  child = spawn(process.execPath, [program], { stdio: "inherit", env: { LISTEN_HOST: "127.0.0.1", LISTEN_PORT: String(api), METRICS_PORT: String(metrics), OLLAMA_PORT: String((ollama.address() as AddressInfo).port) } });
  for (;;) {
    const started = await fetch(`http://127.0.0.1:${metrics}/health`).then(() => true, () => false);
    if (started) return;
    await new Promise((next) => setImmediate(next));
  }
});
afterEach(async () => {
  const ended = once(child, "exit");
  child.kill();
  ollama.closeAllConnections();
  ollama.close();
  expect(await ended).toEqual([0, null]);
});

const post = (where: string, body: string): Promise<IncomingMessage> =>
  new Promise((answered, failed) => {
    const asking = request({ host: "127.0.0.1", port: api, path: where, method: "POST", headers: { "content-type": "application/json" } }, answered);
    asking.on("error", failed);
    asking.end(body);
  });

async function textOf(answer: IncomingMessage): Promise<string> {
  let text = "";
  for await (const chunk of answer) text += String(chunk);
  return text;
}

/** What is told, by the text before its value. */
async function told(): Promise<Readonly<Record<string, number>>> {
  const text = await (await fetch(`http://127.0.0.1:${metrics}/metrics`)).text();
  return Object.fromEntries(text.split("\n").filter((line) => line && !line.startsWith("#")).map((line) => [line.slice(0, line.lastIndexOf(" ")), Number(line.slice(line.lastIndexOf(" ") + 1))]));
}

/** Waits until something is told so: what a caller has seen end, the meter may count a moment later. */
async function until(sample: string, value: number): Promise<Readonly<Record<string, number>>> {
  for (;;) {
    const now = await told();
    if (now[sample] === value) return now;
  }
}

const counts = { total_duration: 10e9, load_duration: 2e9, prompt_eval_count: 26, prompt_eval_duration: 1e9, eval_count: 290, eval_duration: 5e9 };
const end = (more: object = counts) => `${JSON.stringify({ model: "qwen3:32b", created_at: "2026-11-25T00:00:00Z", message: { role: "assistant", content: "" }, done: true, done_reason: "stop", ...more })}\n`;

test("each word reaches the caller when it is written, and the end is counted", async () => {
  let write: (text: string) => unknown = () => undefined;
  let finish: () => unknown = () => undefined;
  answering = (_, outgoing) => {
    write = (text) => outgoing.write(text);
    finish = () => outgoing.end(end());
    outgoing.writeHead(200, { "content-type": "application/x-ndjson" });
    write(`{"model":"qwen3:32b","message":{"content":"Hello"},"done":false}\n`);
  };
  const answer = await post("/api/chat", `{"model":"qwen3:32b"}`);
  expect(answer.headers).toMatchObject({ "content-type": "application/x-ndjson", "transfer-encoding": "chunked" });
  const words = answer[Symbol.asyncIterator]();
  expect(String((await words.next()).value)).toContain("Hello");
  expect(await told()).toMatchObject({ ollama_requests_in_flight: 1, ollama_requests_waiting: 0 });
  write(`{"model":"qwen3:32b","message":{"content":" there"},"done":false}\n`);
  expect(String((await words.next()).value)).toContain(" there");
  finish();
  while (!(await words.next()).done);

  expect(await until(`ollama_requests_total{path="/api/chat",code="200"}`, 1)).toMatchObject({
    ollama_requests_in_flight: 0,
    'ollama_prompt_tokens_total{model="qwen3:32b",path="/api/chat"}': 26,
    'ollama_completion_tokens_total{model="qwen3:32b",path="/api/chat"}': 290,
    'ollama_prompt_seconds_total{model="qwen3:32b"}': 1,
    'ollama_completion_seconds_total{model="qwen3:32b"}': 5,
    'ollama_load_seconds_total{model="qwen3:32b"}': 2,
    'ollama_slot_wait_seconds_total{model="qwen3:32b"}': 2,
    'ollama_first_byte_seconds_bucket{path="/api/chat",le="+Inf"}': 1,
    'ollama_first_byte_seconds_count{path="/api/chat"}': 1,
  });
});

test("who has no answer yet waits, and a caller who goes away ends what Ollama was at", async () => {
  const asked = new Promise<IncomingMessage>((reached) => (answering = (incoming) => reached(incoming)));
  const asking = request({ host: "127.0.0.1", port: api, path: "/api/generate", method: "POST" });
  asking.on("error", () => undefined);
  asking.end("{}");
  const stopped = once((await asked).socket, "close");
  expect(await told()).toMatchObject({ ollama_requests_in_flight: 1, ollama_requests_waiting: 1 });
  asking.destroy();
  await stopped;
  expect(await until(`ollama_requests_total{path="/api/generate",code="499"}`, 1)).toMatchObject({ ollama_requests_in_flight: 0, ollama_requests_waiting: 0 });
});

test.each([
  ["OpenAI's", "/v1/chat/completions", `{"id":"chatcmpl-1","object":"chat.completion","model":"qwen3:32b","choices":[],"usage":{"prompt_tokens":26,"completion_tokens":290,"total_tokens":316}}`],
  ["OpenAI's, streamed", "/v1/chat/completions", `data: {"id":"chatcmpl-1","model":"qwen3:32b","choices":[{"delta":{"content":"x"}}]}\n\ndata: {"model":"qwen3:32b","choices":[],"usage":{"prompt_tokens":26,"completion_tokens":290,"total_tokens":316}}\n\ndata: [DONE]\n\n`],
  ["Anthropic's, streamed", "/v1/messages", `event: message_start\ndata: {"type":"message_start","message":{"model":"qwen3:32b","usage":{"input_tokens":26,"output_tokens":0}}}\n\nevent: message_delta\ndata: {"type":"message_delta","usage":{"output_tokens":290}}\n\n`],
  ["a single word's, after a long list of tokens", "/api/generate", `{"model":"qwen3:32b","response":"x","done":true,"context":[${Array.from({ length: 20000 }, (_, i) => i).join(",")}],"prompt_eval_count":26,"eval_count":290}`],
])("tokens are found in an answer of %s", async (_, where, body) => {
  answering = (_incoming, outgoing) => outgoing.end(body);
  expect(await textOf(await post(where, "{}"))).toBe(body);
  expect(await until(`ollama_requests_total{path="${where}",code="200"}`, 1)).toMatchObject({
    [`ollama_prompt_tokens_total{model="qwen3:32b",path="${where}"}`]: 26,
    [`ollama_completion_tokens_total{model="qwen3:32b",path="${where}"}`]: 290,
  });
});

test("what a model writes about tokens is not taken for a count", async () => {
  answering = (_, outgoing) => outgoing.end(`data: ${JSON.stringify({ model: "qwen3:32b", choices: [{ delta: { content: `{"prompt_tokens":1000000,"model":"gpt"}` } }] })}\n\ndata: [DONE]\n\n`);
  await textOf(await post("/v1/chat/completions", "{}"));
  const now = await until('ollama_requests_without_usage_total{path="/v1/chat/completions"}', 1);
  expect(Object.keys(now).filter((it) => it.includes("tokens_total"))).toEqual([]);
});

test("an answer that breaks off breaks off for the caller, too", async () => {
  answering = (_, outgoing) => {
    outgoing.write("{}\n");
    setImmediate(() => outgoing.destroy());
  };
  await expect(post("/api/chat", "{}").then(textOf)).rejects.toThrow();
  await until(`ollama_requests_total{path="/api/chat",code="502"}`, 1);
});

test("while Ollama does not answer, callers are told, and so is who watches", async () => {
  ollama.closeAllConnections();
  await new Promise((closed) => ollama.close(closed));
  const answer = await post("/api/chat", "{}");
  expect([answer.statusCode, await textOf(answer)]).toEqual([502, expect.stringContaining("Ollama does not answer")]);
  expect(await until(`ollama_requests_total{path="/api/chat",code="502"}`, 1)).toMatchObject({ ollama_up: 0, ollama_requests_in_flight: 0 });
});

test("everything else is passed on as it is, whatever its size and method", async () => {
  const blob = Buffer.alloc(8 * 2 ** 20, "b");
  let got = 0;
  answering = (incoming, outgoing) => {
    incoming.on("data", (chunk: Buffer) => (got += chunk.length));
    incoming.on("end", () => outgoing.writeHead(201, { "x-said": incoming.method, "x-host": incoming.headers.host }).end());
  };
  const answer = await fetch(`http://127.0.0.1:${api}/api/blobs/sha256:0?x=1`, { method: "POST", body: blob });
  expect([answer.status, answer.headers.get("x-host"), got]).toEqual([201, `127.0.0.1:${api}`, blob.length]);
  expect((await fetch(`http://127.0.0.1:${api}/api/delete`, { method: "DELETE", body: "{}" })).headers.get("x-said")).toBe("DELETE");
  expect((await fetch(`http://127.0.0.1:${api}/`, { method: "HEAD" })).headers.get("x-said")).toBe("HEAD");
  await until('ollama_requests_total{path="other",code="201"}', 3);
});

test("models are told as long as they are loaded, and everything told is declared", async () => {
  loaded = [{ name: "qwen3:32b", size: 24e9, size_vram: 20e9 }];
  answering = (_, outgoing) => outgoing.end(end());
  await textOf(await post("/api/chat", "{}"));
  const now = await until(`ollama_requests_total{path="/api/chat",code="200"}`, 1);
  expect(now).toMatchObject({ ollama_up: 1, 'ollama_model_bytes{model="qwen3:32b"}': 24e9, 'ollama_model_gpu_bytes{model="qwen3:32b"}': 20e9 });
  loaded = [];
  expect(Object.keys(await told()).filter((it) => it.startsWith("ollama_model"))).toEqual([]);
  const labelled = (it: string) => `${nameOfSeries(it)} ${[...it.matchAll(/(\w+)="/g)].flatMap(([, label]) => (label === "le" ? [] : [label])).sort().join(" ")}`;
  const declared = meterMetrics.series.map((it) => `${nameOfSeries(it)} ${[...seriesFrom(it).labels].sort().join(" ")}`);
  expect([...new Set([...Object.keys(now).map(labelled), "ollama_requests_without_usage_total path"])].sort()).toEqual(declared.sort());
});

test("TypeScript finds no mistake in the program, and finds one that is made", () => {
  const mistaken = path.join(folder, "mistaken.mjs");
  writeFileSync(mistaken, meterProgram.replace("inFlight.add(-1)", 'inFlight.add("one less")'));
  const options: ts.CompilerOptions = { allowJs: true, checkJs: true, noEmit: true, strict: true, skipLibCheck: true, target: ts.ScriptTarget.ES2022, lib: ["lib.es2023.d.ts"], module: ts.ModuleKind.Node16, moduleResolution: ts.ModuleResolutionKind.Node16, types: ["node"], typeRoots: [path.join(__dirname, "../../node_modules/@types")] };
  const found = ts.getPreEmitDiagnostics(ts.createProgram([program, mistaken], options)).map(({ file, messageText }) => `${path.basename(file?.fileName ?? "")}: ${ts.flattenDiagnosticMessageText(messageText, "\n")}`);
  expect(found).toEqual(["mistaken.mjs: Argument of type 'string' is not assignable to parameter of type 'number'."]);
});
