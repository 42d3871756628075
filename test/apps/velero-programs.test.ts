import { spawn } from "node:child_process";
import { createHash } from "node:crypto";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import path from "node:path";
import { drillScript } from "../../apps/velero/drill-script";
import { restoreScript } from "../../apps/velero/restore-script";

/** What the API answers, by path and query; an object that is watched is told once. */
type Answers = (method: string, url: URL) => unknown;

let folder: string;
let server: Server | undefined;
const asked: string[] = [];

beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), "velero-"));
  writeFileSync(path.join(folder, "token"), "token");
  asked.length = 0;
});
afterEach(() => {
  server?.closeAllConnections();
  server?.close();
  rmSync(folder, { recursive: true });
});

async function run(script: string, env: Readonly<Record<string, string>>, answers: Answers = () => undefined): Promise<{ readonly code: number | null; readonly said: string }> {
  server = createServer((request, response) => {
    const url = new URL(request.url ?? "", "http://kubernetes");
    asked.push(`${request.method ?? ""} ${url.pathname}`);
    const answer = request.method === "POST" ? {} : answers(request.method ?? "", url);
    if (answer === undefined) response.statusCode = 404;
    request.resume().on("end", () => response.end(JSON.stringify(url.searchParams.has("watch") ? { type: "ADDED", object: answer } : answer) + "\n"));
  });
  await new Promise<void>((listening) => server?.listen(0, "127.0.0.1", listening));
  const { port } = server.address() as AddressInfo;
  const child = spawn(process.execPath, ["--input-type=module", "--eval", script], {
    env: { API_SERVER: `http://127.0.0.1:${port}`, ACCOUNT_DIRECTORY: folder, VELERO_NAMESPACE: "velero", WITHIN_SECONDS: "20", SENTINEL: folder, ...env },
  });
  let said = "";
  for (const stream of [child.stdout, child.stderr]) stream.on("data", (chunk: Buffer) => (said += chunk.toString()));
  return new Promise((ended) => child.on("close", (code) => ended({ code, said })));
}

const drillEnv = { SCRATCH_NAMESPACE: "velero-drill", POD_NAMESPACE: "velero", POD_NAME: "drill-1", CLAIM: "velero-drill", BACKUP: "{}" };
const now = () => new Date().toISOString();

/** What the copy says when it read what the drill wrote. */
const whole = () => JSON.stringify({ sha256: createHash("sha256").update(readFileSync(path.join(folder, "bytes"))).digest("hex"), writtenAt: readFileSync(path.join(folder, "written-at"), "utf8") });

const drillAnswers =
  ({ found = whole, volumes = [now], phase = "Completed" }: { readonly found?: () => string; readonly volumes?: readonly (() => string)[]; readonly phase?: string } = {}): Answers =>
  (method, { pathname, searchParams }) => {
    const kind = pathname.split("/").at(-1);
    if (method === "DELETE") return undefined;
    if (kind === "backups") return { kind: "Backup", metadata: { name: "drill" }, status: { phase, startTimestamp: now() } };
    if (kind === "restores") return { status: { phase: "Completed" } };
    if (kind === "podvolumebackups") return { items: volumes.map((at) => ({ kind: "PodVolumeBackup", metadata: { name: "volume" }, status: { phase: "Completed", startTimestamp: at() } })) };
    if (kind === "datauploads") return { items: [] };
    if (kind === "pods") return searchParams.has("watch") ? { status: { phase: "Succeeded", containerStatuses: [{ state: { terminated: { message: found() } } }] } } : { items: [] };
    return undefined;
  };

test("a drill succeeds when the restored volume holds exactly what was just written", async () => {
  const { code, said } = await run(drillScript, drillEnv, drillAnswers());
  expect({ code, said }).toEqual({ code: 0, said: expect.stringContaining("was backed up, restored and read again") });
  expect(asked).toEqual(expect.arrayContaining(["POST /apis/velero.io/v1/namespaces/velero/backups", "POST /apis/velero.io/v1/namespaces/velero/restores"]));
});

test.each([
  ["a restore that is Completed and empty", drillAnswers({ found: () => "" }), "the restored volume has nothing"],
  ["yesterday's bytes", drillAnswers({ found: () => JSON.stringify({ sha256: "0", writtenAt: "2020-01-01T00:00:00.000Z" }) }), "the restored volume has"],
  ["a snapshot taken before the bytes were written", drillAnswers({ volumes: [() => "2020-01-01T00:00:00Z"] }), "before the sentinel was written"],
  ["a backup that copied no volume", drillAnswers({ volumes: [] }), "copied no volume"],
  ["a backup that is not whole", drillAnswers({ phase: "PartiallyFailed" }), "ended as PartiallyFailed"],
])("a drill fails, and says why, on %s", async (_what, answers, why) => {
  const { code, said } = await run(drillScript, drillEnv, answers);
  expect({ code, said }).toEqual({ code: 1, said: expect.stringContaining(why) });
});

test("the copy of the drill's pod only says what it found", async () => {
  writeFileSync(path.join(folder, "bytes"), "bytes");
  writeFileSync(path.join(folder, "written-at"), "2026-01-01T00:00:00.000Z");
  const log = path.join(folder, "log");
  expect(await run(drillScript, { ...drillEnv, POD_NAMESPACE: "velero-drill", TERMINATION_LOG: log })).toEqual({ code: 0, said: "" });
  expect(readFileSync(log, "utf8")).toBe(whole());
  expect(asked).toEqual([]);
});

const restoreEnv = { NAMESPACES: '["notes"]', RESTORE: "first-start-1" };

const restoreAnswers =
  ({ claims = [], back = 1 }: { readonly claims?: readonly string[]; readonly back?: number } = {}): Answers =>
  (_method, { pathname, searchParams }) => {
    const kind = pathname.split("/").at(-1);
    const done = { metadata: { name: "notes-1" }, spec: { backupName: "notes-1" }, status: { phase: "Completed", startTimestamp: "2026-01-01T00:00:00Z" } };
    if (kind === "persistentvolumeclaims") return { items: claims.map((name) => ({ metadata: { name } })) };
    if (kind === "backups") return searchParams.has("watch") ? done : { items: [done] };
    if (kind === "restores") return done;
    if (kind === "podvolumebackups") return { items: [{}] };
    if (kind === "podvolumerestores") return { items: Array.from({ length: back }, () => ({ status: { phase: "Completed" } })) };
    return kind === "datadownloads" ? { items: [] } : undefined;
  };

test("a restore before the first start takes the newest whole backup, and counts what came back", async () => {
  expect(await run(restoreScript, restoreEnv, restoreAnswers())).toEqual({ code: 0, said: "notes: 1 volumes as of 2026-01-01T00:00:00Z\n" });
});

test.each([
  ["a claim that is already there, which Velero would skip", restoreAnswers({ claims: ["data"] }), "there are claims already (data)"],
  ["volumes that did not come back", restoreAnswers({ back: 0 }), "0 volumes came back of 1"],
])("a restore before the first start fails on %s", async (_what, answers, why) => {
  const { code, said } = await run(restoreScript, restoreEnv, answers);
  expect({ code, said }).toEqual({ code: 1, said: expect.stringContaining(why) });
});
