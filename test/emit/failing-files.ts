import { DiskFiles, type Files } from "../../engine/emit/files";

export type Failure = "killed" | "torn" | "full";

/**
 * The real disk, until its step number `at`, counted over everything that changes it: there the process is killed
 * (nothing works any more), killed halfway through writing a file, or the disk is full for this one step.
 */
export function failingFiles(root: string, at: number, failure: Failure): Files & { readonly hasFailed: () => boolean } {
  const disk = new DiskFiles(root);
  let steps = 0;
  const hasFailed = () => steps > at;
  const alive = () => {
    if (hasFailed() && failure !== "full") throw new Error("killed");
  };
  const step = (beforeFailing: () => void = () => undefined) => {
    alive();
    if (steps++ !== at) return;
    if (failure === "full") throw Object.assign(new Error("ENOSPC: no space left on device, write"), { code: "ENOSPC", syscall: "write" });
    if (failure === "torn") beforeFailing();
    throw new Error("killed");
  };
  const reading = <Args extends readonly unknown[], Result>(read: (...args: Args) => Result) => (...args: Args): Result => {
    alive();
    return read(...args);
  };
  const changing = <Args extends readonly unknown[]>(change: (...args: Args) => void) => (...args: Args): void => {
    step();
    change(...args);
  };
  return {
    hasFailed,
    kindOf: reading((path: string) => disk.kindOf(path)),
    list: reading((path: string) => disk.list(path)),
    read: reading((path: string) => disk.read(path)),
    beginsWith: reading((path: string, text: string) => disk.beginsWith(path, text)),
    assertWritable: reading((path: string) => disk.assertWritable(path)),
    makeRoot: changing(() => disk.makeRoot()),
    makeDirectory: changing((path: string) => disk.makeDirectory(path)),
    rename: changing((from: string, to: string) => disk.rename(from, to)),
    remove: changing((path: string) => disk.remove(path)),
    removeEmptyDirectory: changing((path: string) => disk.removeEmptyDirectory(path)),
    create: (path, text, durability) => {
      step(() => disk.create(path, text.slice(0, text.length / 2)));
      disk.create(path, text, durability);
    },
  };
}
