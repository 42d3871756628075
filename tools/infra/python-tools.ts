import { join } from "node:path";
import { pythonEnvironment } from "../control-plane/build/python-environment";

/** The folder of the programs that tools/infra/requirements.txt pins. */
export const pythonTools = (root: string): string => pythonEnvironment(join(root, "tools", "infra", "requirements.txt"));
