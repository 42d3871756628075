import { measure } from "./measure";

/** One size in a process of its own: `node scale.cjs 25 35 imports` prints what it took as JSON. */
const [clusters, releases, importsDir = "imports"] = process.argv.slice(2);
const measured = measure(Number(clusters), Number(releases), importsDir);
process.stdout.write(JSON.stringify({ ...measured, peak: process.resourceUsage().maxRSS / 1024 }));
