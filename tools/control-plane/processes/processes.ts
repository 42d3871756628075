import { spawn, type ChildProcess } from "node:child_process";
import { closeSync, existsSync, mkdirSync, openSync, readFileSync, rmSync, mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { UserError } from "../user-error";

/** What to start: a program, its arguments, and what it sees. */
export interface Command {
  /** Names the process in messages and its log file: "forge-apiserver". */
  readonly name: string;
  readonly program: string;
  readonly args: readonly string[];
  readonly environment?: Readonly<Record<string, string>>;
  /** Whoever starts it looks whether it still runs: its end is not the run's. */
  readonly mayEnd?: boolean;
}

/** A process of ours that runs, with its log on disk. */
export interface Running {
  readonly name: string;
  readonly pid: number;
  readonly logFile: string;
  /** What it was started with: once it has been stopped, starting that again is what a kubelet would do. */
  readonly command: Command;
  /** Aborted, with the end of its log as the reason, when it ends without having been stopped. */
  readonly died: AbortSignal;
  /** Makes it stand still, or go on. */
  signal(signal: "SIGSTOP" | "SIGCONT"): void;
  /** Its exit code when it has ended; 1 for one that a signal has ended. */
  readonly exited: Promise<number>;
  /** Ends it: SIGTERM, and SIGKILL after ten seconds. */
  stop(signal?: NodeJS.Signals): Promise<void>;
}

/** The processes and the temporary directory of one run; `end` leaves neither behind. */
export class Processes {
  /** Everything that the run writes is below this directory. */
  readonly directory = mkdtempSync(path.join(tmpdir(), "hearth-e2e-"));
  readonly #running = new Map<string, Running>();
  readonly #watchdog: ChildProcess;
  readonly #failure = new AbortController();
  #ended = false;

  /** Aborted when the run cannot go on: a process has ended that nobody stopped (with the end of its log), or work in the background has failed. */
  readonly failure: AbortSignal = this.#failure.signal;

  /** `watchdogScript` is processes/watchdog.cjs; `keep` leaves the directory, with the logs, for a look afterwards. */
  constructor(watchdogScript: string, private readonly keep: boolean) {
    mkdirSync(path.join(this.directory, "logs"));
    this.#watchdog = spawn(process.execPath, [watchdogScript], { detached: true, stdio: ["pipe", "ignore", "ignore"] });
    this.#watchdog.unref();
    if (!keep) this.#tellWatchdog(`remove ${this.directory}`);
  }

  /** Starts a process in a group of its own, so that whatever it starts ends with it. */
  start(command: Command): Running {
    if (this.#ended) throw new UserError("The run is ending; nothing more is started.");
    if (this.#running.has(command.name)) throw new Error(`${command.name} runs already`);
    const logFile = path.join(this.directory, "logs", `${command.name}.log`);
    const log = openSync(logFile, "a");
    const child = spawn(command.program, command.args, {
      cwd: this.directory,
      detached: true,
      env: { ...quietEnvironment(), ...command.environment },
      stdio: ["ignore", log, log],
    });
    closeSync(log);
    const { pid } = child;
    if (pid === undefined) throw new UserError(`${command.program} could not be started`);
    this.#tellWatchdog(`group ${String(pid)}`);

    const death = new AbortController();
    let wanted = false;
    const exited = new Promise<number>((resolve) => {
      child.on("exit", (code, signal) => {
        this.#running.delete(command.name);
        signalGroup(pid, "SIGKILL");
        this.#tellWatchdog(`-group ${String(pid)}`);
        if (!wanted) {
          const reason = new UserError(`${command.name} ended by itself (${signal ?? `exit ${String(code)}`}):\n${lastLines(logFile, 8)}`);
          death.abort(reason);
          if (command.mayEnd !== true) this.#failure.abort(reason);
        }
        resolve(code ?? 1);
      });
    });
    const running: Running = {
      name: command.name,
      pid,
      logFile,
      command,
      died: death.signal,
      signal: (signal) => signalGroup(pid, signal),
      exited,
      stop: async (signal = "SIGTERM") => {
        wanted = true;
        signalGroup(pid, signal);
        const kill = setTimeout(() => signalGroup(pid, "SIGKILL"), 10_000);
        await exited;
        clearTimeout(kill);
      },
    };
    this.#running.set(command.name, running);
    return running;
  }

  /** Ends the run for a reason that is no process' end. */
  fail(reason: unknown): void {
    this.#failure.abort(reason);
  }

  /** A process that runs now, by its name. */
  named(name: string): Running {
    const found = this.#running.get(name);
    if (found === undefined) throw new Error(`no process ${name} runs`);
    return found;
  }

  /** Everything that runs now, in the order of its start. */
  running(): readonly Running[] {
    return [...this.#running.values()];
  }

  /** Ends every process at once, without grace, because nothing that they hold is kept; removes the directory. */
  async end(): Promise<void> {
    this.#ended = true;
    await Promise.all(this.running().map((process) => process.stop("SIGKILL")));
    if (!this.keep) rmSync(this.directory, { recursive: true, force: true, maxRetries: 10, retryDelay: 100 });
    this.#watchdog.stdin?.end();
  }

  #tellWatchdog(line: string): void {
    this.#watchdog.stdin?.write(`${line}\n`);
  }
}

/** The environment that every process gets: where to find programs, and no proxy between loopback addresses. */
function quietEnvironment(): Record<string, string> {
  return { PATH: process.env["PATH"] ?? "", HOME: process.env["HOME"] ?? "", LANG: "C.UTF-8", TZ: "UTC" };
}

function signalGroup(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(-pid, signal);
  } catch {
    // The group has ended already.
  }
}

function lastLines(file: string, count: number): string {
  if (!existsSync(file)) return `${file} is gone, perhaps with the whole directory`;
  return readFileSync(file, "utf8").trimEnd().split("\n").slice(-count).join("\n");
}
