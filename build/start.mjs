/** `npm start`: sets itself up and opens the window. */
import { ensureDependencies } from "./dependencies.mjs";
import { buildNative } from "./native.mjs";
import { root, runCommand } from "./run-command.mjs";

ensureDependencies();
buildNative();
const { bundle } = await import("./bundle.mjs");
const { resolveElectron } = await import("./electron.mjs");
await bundle();
const { executable } = await resolveElectron();
if (process.platform === "linux" && !process.env.DISPLAY && !process.env.WAYLAND_DISPLAY) {
  console.error("There is no display here. Use the command line: npx concord --help");
  process.exit(1);
}
process.exit(runCommand(executable, [root, ...process.argv.slice(2)]) ? 0 : 1);
