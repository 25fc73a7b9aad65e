import { spawnSync } from "node:child_process";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

export const root = dirname(dirname(fileURLToPath(import.meta.url)));

/** Runs a command in the project's folder with its output shown; true when it ended well. */
export function runCommand(command, args, env = {}) {
  const { status } = spawnSync(command, args, {
    cwd: root,
    stdio: "inherit",
    env: { ...process.env, ...env },
  });
  return status === 0;
}

/** Runs a package's own program by Node itself: the same on every system. */
export function runProgram(script, args, env = {}) {
  return runCommand(process.execPath, [join(root, "node_modules", script), ...args], env);
}
