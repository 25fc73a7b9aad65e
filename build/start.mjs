/** `npm start`: sets itself up and opens the window on the example study; without a display, runs that study. */
import { homedir } from "node:os";
import { join } from "node:path";
import { ensureDependencies } from "./dependencies.mjs";
import { buildNative } from "./native.mjs";
import { root, runCommand } from "./run-command.mjs";

ensureDependencies();
buildNative();
const headless = process.platform === "linux" && !process.env.DISPLAY && !process.env.WAYLAND_DISPLAY;
process.exit((await (headless ? runExample() : openWindow())) ? 0 : 1);

async function openWindow() {
  const { bundle } = await import("./bundle.mjs");
  const { resolveElectron } = await import("./electron.mjs");
  await bundle();
  const { executable } = await resolveElectron();
  // Chromium's sandbox refuses root, as in a container.
  const asRoot = process.platform === "linux" && process.getuid() === 0 ? ["--no-sandbox"] : [];
  return runCommand(executable, [...asRoot, root, "--example", ...process.argv.slice(2)]);
}

async function runExample() {
  const { bundleNode } = await import("./bundle.mjs");
  await bundleNode();
  const cache = process.env.XDG_CACHE_HOME ?? join(homedir(), ".cache");
  const time = new Date().toISOString().replace(/[:.]/g, "-");
  console.log("There is no display here: the example study is run on the command line.");
  const folder = join(cache, "concord", "example");
  const args = [join(root, "out", "node", "cli.cjs"), "example", folder, "--results", `results-${time}`];
  return runCommand(process.execPath, args, { CONCORD_ROOT: root });
}
