import { spawn } from "node:child_process";
import { createHash } from "node:crypto";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import path from "node:path";
import { drillScript } from "../../apps/velero/drill-script";
import { firstStartScript } from "../../apps/velero/first-start-script";

/** What the API answers, by path and query; an object that is watched is told once. */
type Answers = (method: string, url: URL) => unknown;

let folder: string;
let server: Server | undefined;
const asked: string[] = [];
/** What was to be made. */
const posted: unknown[] = [];

beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), "velero-"));
  writeFileSync(path.join(folder, "token"), "token");
  asked.length = 0;
  posted.length = 0;
});
afterEach(() => {
  server?.closeAllConnections();
  server?.close();
  rmSync(folder, { recursive: true });
});

async function run(script: string, env: Readonly<Record<string, string>>, answers: Answers = () => undefined): Promise<{ readonly code: number | null; readonly said: string }> {
  server?.closeAllConnections();
  server?.close();
  server = createServer((request, response) => {
    const url = new URL(request.url ?? "", "http://kubernetes");
    asked.push(`${request.method ?? ""} ${url.pathname}`);
    const answer = request.method === "POST" ? {} : answers(request.method ?? "", url);
    if (answer === undefined) response.statusCode = 404;
    let body = "";
    request.on("data", (chunk: Buffer) => (body += chunk.toString()));
    request.on("end", () => {
      if (request.method === "POST") posted.push(JSON.parse(body));
      response.end(JSON.stringify(url.searchParams.has("watch") ? { type: "ADDED", object: answer } : answer) + "\n");
    });
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

const firstStartEnv = { NAMESPACE: "notes", LOOKED_WITHIN_SECONDS: "1" };

const copied = (name: string, startTimestamp: string, rest: object = {}) => ({ metadata: { name }, spec: { includedNamespaces: ["notes"] }, status: { phase: "Completed", startTimestamp, ...rest } });

interface Found {
  readonly claims?: readonly string[];
  readonly backups?: readonly unknown[];
  /** The restore that an earlier run began, or how the one that this run begins ends. */
  readonly begun?: boolean;
  readonly ends?: string;
  readonly back?: number;
  readonly silent?: readonly string[];
  readonly pods?: readonly unknown[];
  /** What is seen of one of them, look by look. */
  readonly looks?: readonly unknown[];
}

/** A Velero with two places, and the copies that it knows. */
function firstStartAnswers({ claims = [], backups = [copied("notes-old", "2026-01-01T00:00:00Z"), copied("notes-new", "2026-02-01T00:00:00Z")], begun = false, ends = "Completed", back = 1, silent = [], pods = [], looks = [] }: Found = {}): Answers {
  let wanted = begun;
  const left = [...looks];
  return (method, { pathname, searchParams }) => {
    const kind = pathname.split("/").at(-1) ?? "";
    if (kind === "persistentvolumeclaims") return { items: claims.map((name) => ({ metadata: { name } })) };
    if (kind === "backupstoragelocations") {
      const place = (name: string) => ({ metadata: { name }, status: silent.includes(name) ? {} : { lastSyncedTime: "2026-02-01T01:00:00Z" } });
      return searchParams.has("watch") ? place((searchParams.get("fieldSelector") ?? "").split("=")[1] ?? "") : { items: [place("default"), place("nas")] };
    }
    if (kind === "backups") return { items: backups };
    const restore = { metadata: { name: "first-start-notes" }, spec: { backupName: "notes-new" }, status: { phase: ends, completionTimestamp: "2026-02-02T00:00:00Z" } };
    if (kind === "first-start-notes") return wanted ? restore : ((wanted = true), undefined);
    if (kind === "restores") return restore;
    if (kind === "podvolumebackups") return { items: [{}] };
    if (kind === "podvolumerestores") return { items: Array.from({ length: back }, () => ({ status: { phase: "Completed" } })) };
    if (kind === "datadownloads") return { items: [] };
    if (kind === "pods") return searchParams.has("watch") ? left.shift() : { items: pods };
    return undefined;
  };
}
const firstStart = (found?: Found) => run(firstStartScript, firstStartEnv, firstStartAnswers(found));
const restores = "POST /apis/velero.io/v1/namespaces/velero/restores";

test("where claims are there, nothing is brought back over them", async () => {
  expect(await firstStart({ claims: ["notes-data"] })).toEqual({ code: 0, said: "notes has notes-data: nothing to bring back\n" });
  expect(asked).not.toContain(restores);
});

test("on an empty cluster the newest whole copy of the namespace is restored, and counted", async () => {
  const backups = [
    copied("notes-new", "2026-02-01T00:00:00Z"),
    copied("notes-half", "2026-03-01T00:00:00Z", { phase: "PartiallyFailed" }),
    { ...copied("other", "2026-04-01T00:00:00Z"), spec: { includedNamespaces: ["notes-archive"] } },
    copied("notes-old", "2026-01-01T00:00:00Z"),
  ];
  expect(await firstStart({ backups })).toEqual({ code: 0, said: "notes: 1 volumes of notes-new came back at 2026-02-02T00:00:00Z\n" });
  expect(asked).toContain(restores);
  expect(posted).toMatchObject([{ kind: "Restore", metadata: { name: "first-start-notes" }, spec: { backupName: "notes-new", includedNamespaces: ["notes"], existingResourcePolicy: "none" } }]);
});

test("what never was copied starts empty, once every place was looked into", async () => {
  expect(await firstStart({ backups: [] })).toEqual({ code: 0, said: "notes was never copied: it starts empty\n" });
  expect(asked).not.toContain(restores);
});

test("a place that does not answer stops an empty start, and not one with a copy", async () => {
  expect(await firstStart({ backups: [], silent: ["nas"] })).toEqual({ code: 1, said: expect.stringContaining("no copy is known, and not every place was looked into: no look into nas in time") });
  expect((await firstStart({ silent: ["nas"] })).code).toBe(0);
});

test("a restore that an earlier run began is waited for, and not begun again, though its claims are there", async () => {
  expect((await firstStart({ claims: ["notes-data"], begun: true })).code).toBe(0);
  expect(asked).not.toContain(restores);
});

test("a restored pod that waits for its files is taken away when what waits has tidied up", async () => {
  const pods = [{ metadata: { name: "carrier" }, spec: { initContainers: [{ name: "restore-wait" }] } }];
  const look = (state: object) => ({ status: { phase: "Pending", initContainerStatuses: [{ name: "restore-wait", state }] } });
  expect((await firstStart({ begun: true, pods, looks: [look({ running: {} }), look({ terminated: { exitCode: 0 } })] })).code).toBe(0);
  expect(asked.slice(-5)).toEqual([...Array.from({ length: 3 }, () => "GET /api/v1/namespaces/notes/pods"), "DELETE /api/v1/namespaces/notes/pods/carrier", "GET /api/v1/namespaces/notes/pods/carrier"]);
});

test("of restored pods those that nobody owns are taken away, before the release's own come", async () => {
  const pods = [{ metadata: { name: "carrier" }, spec: {} }, { metadata: { name: "adopted", ownerReferences: [{ kind: "ReplicaSet" }] } }];
  expect((await firstStart({ begun: true, pods })).code).toBe(0);
  expect(asked.filter((it) => it.startsWith("DELETE"))).toEqual(["DELETE /api/v1/namespaces/notes/pods/carrier"]);
});

test.each([
  ["a restore that is not whole", { ends: "PartiallyFailed" }, "ended as PartiallyFailed"],
  ["volumes that did not come back", { back: 0 }, "0 volumes came back of 1"],
])("a first start fails, and says why, on %s", async (_what, found, why) => {
  expect(await firstStart(found)).toEqual({ code: 1, said: expect.stringContaining(why) });
});
