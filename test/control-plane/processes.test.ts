import { existsSync, readFileSync, rmSync } from "node:fs";
import path from "node:path";
import { execFileSync, spawn } from "node:child_process";
import { once } from "node:events";
import { inFlight } from "../../tools/control-plane/processes/in-flight";
import { loopbackPorts } from "../../tools/control-plane/processes/loopback-ports";
import { until, TimeoutError } from "../../tools/control-plane/processes/until";
import { withProcesses } from "../../tools/control-plane/processes/with-processes";

const watchdogScript = path.join(__dirname, "../../tools/control-plane/processes/watchdog.cjs");
const scope = { watchdogScript, keep: false };
const forever = { program: process.execPath, args: ["-e", "setInterval(() => undefined, 1000); console.log('up')"] };

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}

test("what a run started has ended, and its directory is gone, when its work fails", async () => {
  const seen: { pid?: number; directory?: string } = {};
  const run = withProcesses(scope, async (processes) => {
    seen.pid = processes.start({ name: "a", ...forever }).pid;
    seen.directory = processes.directory;
    throw new Error("the work failed");
  });
  await expect(run).rejects.toThrow("the work failed");
  expect(isAlive(seen.pid!)).toBe(false);
  expect(existsSync(seen.directory!)).toBe(false);
});

test.each(["SIGINT", "SIGTERM", "SIGHUP"] as const)("a run that gets %s in the middle of its work ends what it started, removes its directory and listens no more", async (signal) => {
  const listeners = process.listenerCount(signal);
  const seen: { pid?: number; directory?: string } = {};
  const run = withProcesses(scope, (processes) => {
    seen.pid = processes.start({ name: "a", ...forever }).pid;
    seen.directory = processes.directory;
    return new Promise<never>(() => undefined);
  });
  process.emit(signal, signal);
  await expect(run).rejects.toThrow(`Interrupted (${signal}).`);
  expect(isAlive(seen.pid!)).toBe(false);
  expect(existsSync(seen.directory!)).toBe(false);
  expect(process.listenerCount(signal)).toBe(listeners);
});

test("a process that ends by itself ends the run with the end of its log", async () => {
  const run = withProcesses(scope, (processes) => {
    processes.start({ name: "short", program: process.execPath, args: ["-e", "console.log('no disk left'); process.exit(3)"] });
    return new Promise<never>(() => undefined);
  });
  await expect(run).rejects.toThrow(/short ended by itself \(exit 3\):\nno disk left/);
});

test("a process that ends because somebody removed the run's directory ends the run, which says so", async () => {
  const run = withProcesses(scope, (processes) => {
    const { logFile } = processes.start({ name: "short", program: process.execPath, args: ["-e", "process.exit(1)"] });
    rmSync(logFile);
    return new Promise<never>(() => undefined);
  });
  await expect(run).rejects.toThrow(/short ended by itself \(exit 1\):\n.*short\.log is gone/);
});

test("a process that was stopped does not fail the run", async () => {
  await withProcesses(scope, async (processes) => {
    await processes.start({ name: "a", ...forever }).stop();
    expect(processes.running()).toEqual([]);
    expect(processes.failure.aborted).toBe(false);
  });
});

test("the watchdog ends what a killed run left behind", async () => {
  const orphan = spawn(forever.program, forever.args, { detached: true, stdio: ["ignore", "pipe", "ignore"] });
  await once(orphan.stdout, "data");
  const watchdog = spawn(process.execPath, [watchdogScript], { stdio: ["pipe", "ignore", "inherit"] });
  watchdog.stdin.end(`group ${String(orphan.pid)}\n`);
  await once(orphan, "exit");
  expect(orphan.signalCode).toBe("SIGKILL");
});

test("until returns the first answer, and tells what it saw when none came", async () => {
  let asked = 0;
  const patience = { what: "the answer", timeoutSeconds: 5, everyMilliseconds: 1 };
  await expect(until(patience, async () => (++asked < 3 ? undefined : asked))).resolves.toBe(3);
  const hopeless = until({ ...patience, timeoutSeconds: 0.01 }, () => Promise.reject(new Error("refused")));
  await expect(hopeless).rejects.toThrow(new TimeoutError("timed out after 0.01 s waiting for the answer: refused"));
});

test("no more than the limit is in flight, and results keep their order", async () => {
  let now = 0;
  let most = 0;
  const doubled = await inFlight(2, [3, 1, 2], async (item) => {
    most = Math.max(most, ++now);
    await new Promise((resolve) => setTimeout(resolve, item));
    now -= 1;
    return item * 2;
  });
  expect(doubled).toEqual([6, 2, 4]);
  expect(most).toBe(2);
});

test("free ports are all different", async () => {
  const ports = await loopbackPorts(20);
  expect(new Set(ports).size).toBe(20);
});

test("what was stopped can be started again as it was, and is found by its name", async () => {
  await withProcesses(scope, async (processes) => {
    const first = processes.start({ name: "a", ...forever });
    await first.stop("SIGKILL");
    expect(() => processes.named("a")).toThrow("no process a runs");
    const second = processes.start(first.command);
    expect(processes.named("a")).toBe(second);
    expect(second.pid).not.toBe(first.pid);
    await second.stop();
  });
});

test("a process that was told to stand still does, until it is told to go on", async () => {
  await withProcesses(scope, async (processes) => {
    const ticking = processes.start({ name: "a", program: process.execPath, args: ["-e", "setInterval(() => console.log('tick'), 5)"] });
    const size = () => readFileSync(ticking.logFile, "utf8").length;
    const grows = (): Promise<true> => {
      const before = size();
      return until({ what: "a tick", timeoutSeconds: 20, everyMilliseconds: 10 }, async () => (size() > before ? true : undefined));
    };
    await grows();
    ticking.signal("SIGSTOP");
    await until({ what: "it to stand still", timeoutSeconds: 20, everyMilliseconds: 20 }, async () => (execFileSync("ps", ["-o", "state=", "-p", String(ticking.pid)], { encoding: "utf8" }).startsWith("T") ? true : undefined));
    ticking.signal("SIGCONT");
    await grows();
  });
});
