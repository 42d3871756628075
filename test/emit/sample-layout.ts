// Prints a layout, as a process of its own, for the comparison between machines' settings.
import { layout } from "../../engine/emit/layout";
import type { Manifest } from "../../engine/model/manifest";

/** Objects whose names, keys and values some locale sorts, folds or formats otherwise. */
const MANIFESTS: readonly Manifest[] = ["z", "ä", "I", "i", "ı", "a-1", "a_1", "10", "9"].map((name) => ({
  kind: "ConfigMap",
  apiVersion: "v1",
  data: { ö: "ß", z: "1,5", I: "2026-01-01T00:00:00Z", i: "i", a: "a", B: "b", "9": "nine", "10": "ten", ä: "ä" },
  number: 1234567.891,
  metadata: { name },
}));

export const sampleLayout = (): string => JSON.stringify([...layout("dist/pi/x", "x", MANIFESTS)]);

if (require.main === module) process.stdout.write(sampleLayout());
