import type { External } from "../engine/model/external";

/** What apps talk to outside Kubernetes. */
export const externals: readonly External[] = [
  // Ollama on macOS itself: containers on a Mac do not reach its GPU.
  { name: "mac-ollama", address: "192.168.30.10", port: 11434, scheme: "http", speaks: "ollama" },
];
