/** `npm run package`: the unpacked application in dist/release, as it is shipped. */
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { cp, rm } from "node:fs/promises";
import { join, relative } from "node:path";
import { fileURLToPath } from "node:url";
import { ensureDependencies } from "./dependencies.mjs";
import { buildNative } from "./native.mjs";
import { root, runProgram } from "./run-command.mjs";

/** Packs the release; the executable's path, or null where it failed. */
export async function packageApp() {
  const { bundle } = await import("./bundle.mjs");
  const { resolveElectron } = await import("./electron.mjs");
  buildNative();
  await bundle();
  const { executable, version, source } = await resolveElectron();
  console.log(`Packing with Electron ${version} (${source})`);
  const output = join("dist", "release");
  await rm(join(root, output), { recursive: true, force: true });
  const options = [
    ["directories.output", output],
    ["electronDist", join(executable, "..")],
    ["electronVersion", version],
  ];
  const args = options.map(([key, value]) => `-c.${key}=${value}`);
  if (!runProgram("electron-builder/cli.js", ["--dir", "--publish", "never", ...args])) return null;
  return executableIn(join(root, output));
}

/** A copy of the release that differs in the inspector's fuse alone, for tests to drive; its executable's path. */
export async function makeInspectable(executable) {
  const { allowInspector } = await import("./fuses.mjs");
  const release = join(root, "dist", "release");
  const copy = join(root, "dist", "inspectable");
  const [unpacked] = relative(release, executable).split(/[\\/]/);
  await rm(copy, { recursive: true, force: true });
  await cp(join(release, unpacked), join(copy, unpacked), { recursive: true, verbatimSymlinks: true });
  const twin = join(copy, relative(release, executable));
  await allowInspector(twin);
  return twin;
}

function executableIn(folder) {
  const { productName, name } = JSON.parse(readFileSync(join(root, "package.json"), "utf8"));
  const unpacked = readdirSync(folder).find((entry) => /unpacked$|^mac/.test(entry));
  if (unpacked === undefined) return null;
  const names = [name, `${productName}.exe`, `${productName}.app/Contents/MacOS/${productName}`];
  return names.map((own) => join(folder, unpacked, own)).find((path) => existsSync(path)) ?? null;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  ensureDependencies();
  const packed = await packageApp();
  if (packed !== null) console.log(`Packed: ${packed}`);
  process.exit(packed === null ? 1 : 0);
}
