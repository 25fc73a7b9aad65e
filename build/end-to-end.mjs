/** The tests in the real Electron, under a display without a screen where there is none. */
import { join } from "node:path";
import { bundle } from "./bundle.mjs";
import { resolveElectron } from "./electron.mjs";
import { ensureLinuxLibraries } from "./linux-libraries.mjs";
import { root, runCommand, runProgram } from "./run-command.mjs";

/** True when they pass. */
export async function endToEnd() {
  const { executable } = await resolveElectron();
  if (!ensureLinuxLibraries(executable)) return false;
  await bundle();
  const playwright = "@playwright/test/cli.js";
  if (process.platform !== "linux" || process.env.DISPLAY) return runProgram(playwright, ["test"]);
  const script = join(root, "node_modules", playwright);
  return runCommand("xvfb-run", ["-a", process.execPath, script, "test"]);
}
