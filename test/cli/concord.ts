import { execFile } from "node:child_process";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";

const root = join(dirname(fileURLToPath(import.meta.url)), "..", "..");

/** The built command line in a process of its own, and how that ended. */
export function concord(...args: string[]): Promise<{ code?: number; stdout: string; stderr: string }> {
  const env = { ...process.env, CONCORD_ROOT: root };
  const cli = join(root, "out", "node", "cli.cjs");
  return promisify(execFile)(process.execPath, [cli, ...args], { env }).catch(
    (error: unknown) => error as never,
  );
}
