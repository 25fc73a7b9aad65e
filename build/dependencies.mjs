import { existsSync, statSync } from "node:fs";
import { join } from "node:path";
import { root, runCommand } from "./run-command.mjs";

/** Installs the packages of the lock file, unless they are in place already. */
export function ensureDependencies() {
  const lock = join(root, "package-lock.json");
  const installed = join(root, "node_modules", ".package-lock.json");
  if (existsSync(installed) && statSync(installed).mtimeMs >= statSync(lock).mtimeMs) return;
  console.error("Installing the packages of package-lock.json");
  const npm = process.platform === "win32" ? "npm.cmd" : "npm";
  // Not `npm ci`: it refuses a lock file that lacks an optional package of another system.
  if (!runCommand(npm, ["install", "--no-save", "--no-audit", "--no-fund"])) {
    console.error("The packages could not be installed. Check the network and run the command again.");
    process.exit(1);
  }
}
