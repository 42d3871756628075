import { Listr } from "listr2";

/** Does a part of a run under a title that shows how far it is; `say` tells more while it lasts. Throws what the work throws. */
export async function step<T>(title: string, work: (say: (text: string) => void) => Promise<T>): Promise<T> {
  const results: T[] = [];
  let failure: unknown;
  const list = new Listr(
    [
      {
        title,
        task: async (_, shown) => {
          const started = Date.now();
          try {
            results.push(await work((text) => (shown.output = text)));
          } catch (cause) {
            failure = cause;
            // The cause itself is told at the end of the run, once.
            throw new Error("see below");
          }
          shown.title = `${title} (${((Date.now() - started) / 1000).toFixed(0)} s)`;
        },
      },
    ],
    { registerSignalListeners: false },
  );
  await list.run().catch((cause: unknown) => {
    throw failure ?? cause;
  });
  return results[0]!;
}
