/** `npm run package`: the unpacked application in dist/, its fuses read back. `--inspectable` makes the one for tests. */
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { FuseV1Options, getCurrentFuseWire } from "@electron/fuses";
import { ensureDependencies } from "./dependencies.mjs";
import { buildNative } from "./native.mjs";
import { root, runProgram } from "./run-command.mjs";

const OFF = "0".charCodeAt(0);
const ON = "1".charCodeAt(0);
/** What the release must have, whatever the packer did. */
const WANTED = [
  [FuseV1Options.RunAsNode, OFF],
  [FuseV1Options.EnableCookieEncryption, OFF],
  [FuseV1Options.EnableNodeOptionsEnvironmentVariable, OFF],
  [FuseV1Options.EnableNodeCliInspectArguments, OFF],
  [FuseV1Options.EnableEmbeddedAsarIntegrityValidation, ON],
  [FuseV1Options.OnlyLoadAppFromAsar, ON],
  [FuseV1Options.LoadBrowserProcessSpecificV8Snapshot, OFF],
  [FuseV1Options.GrantFileProtocolExtraPrivileges, OFF],
];

/** Packs into `dist/release` or `dist/inspectable`; the executable's path, or null where it failed. */
export async function packageApp({ inspectable = false } = {}) {
  const { bundle } = await import("./bundle.mjs");
  const { resolveElectron } = await import("./electron.mjs");
  buildNative();
  await bundle();
  const { executable, version, source } = await resolveElectron();
  console.log(`Packing with Electron ${version} (${source})`);
  const output = join("dist", inspectable ? "inspectable" : "release");
  const options = [
    ["directories.output", output],
    ["electronDist", join(executable, "..")],
    ["electronVersion", version],
    ...(inspectable ? [["electronFuses.enableNodeCliInspectArguments", "true"]] : []),
  ];
  const args = options.map(([key, value]) => `-c.${key}=${value}`);
  if (!runProgram("electron-builder/cli.js", ["--dir", "--publish", "never", ...args])) return null;
  const packed = executableIn(join(root, output));
  if (packed === null) return null;
  const wire = await getCurrentFuseWire(packed);
  const wrong = WANTED.filter(
    ([fuse, state]) =>
      wire[fuse] !== state && !(inspectable && fuse === FuseV1Options.EnableNodeCliInspectArguments),
  );
  for (const [fuse] of wrong) console.error(`The fuse ${FuseV1Options[fuse]} is not set as it should be.`);
  return wrong.length === 0 ? packed : null;
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
  const packed = await packageApp({ inspectable: process.argv.includes("--inspectable") });
  if (packed !== null) console.log(`Packed: ${packed}`);
  process.exit(packed === null ? 1 : 0);
}
