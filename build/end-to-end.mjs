/** The tests in the real Electron, under a display without a screen where there is none. */
import { join } from "node:path";
import { resolveElectron } from "./electron.mjs";
import { ensureLinuxLibraries } from "./linux-libraries.mjs";
import { makeInspectable, packageApp } from "./package.mjs";
import { root, runCommand, runProgram } from "./run-command.mjs";

/** True when they pass. */
export async function endToEnd() {
  const { executable } = await resolveElectron();
  if (!ensureLinuxLibraries(executable)) return false;
  // Packing builds the bundle, which the unpacked application runs too.
  const release = await packageApp();
  if (release === null) return false;
  process.env.CONCORD_RELEASE = release;
  process.env.CONCORD_PACKED = await makeInspectable(release);
  const playwright = "@playwright/test/cli.js";
  if (process.platform !== "linux" || process.env.DISPLAY) return runProgram(playwright, ["test"]);
  const script = join(root, "node_modules", playwright);
  return runCommand("xvfb-run", ["-a", "-s", "-screen 0 1600x1200x24 -ac", process.execPath, script, "test"]);
}
