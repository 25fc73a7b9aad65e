/** Builds what the processes run: the page to out/renderer, Electron's entries to out/main, Node's to out/node. */
import { createHash } from "node:crypto";
import { existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import { builtinModules } from "node:module";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import react from "@vitejs/plugin-react";
import { build } from "vite";
import { root } from "./run-command.mjs";

const SOURCES = ["app", "main", "renderer", "build", "package.json", "package-lock.json"];
const NODE_ENTRIES = { cli: "app/cli/cli.entry.ts", worker: "app/run/worker.entry.ts" };
const HDF5_ENTRY = "app/dataset/hdf5/hdf5.worker.entry.ts";
/** What the thread that reads HDF5 is made of. */
const HDF5_SOURCES = ["app/dataset", "app/contract", "build/bundle.mjs", "package-lock.json"];

/** Builds all of it, where anything is older than its sources. */
export async function bundle() {
  await bundleNode();
  const names = ["main", "preload", "engine"];
  if (isFresh(["out/renderer/index.html", ...names.map((name) => `out/main/${name}.cjs`)])) return;
  await build({
    root: join(root, "renderer"),
    configFile: false,
    logLevel: "warn",
    plugins: [react()],
    build: { outDir: join(root, "out/renderer"), emptyOutDir: true, modulePreload: false },
  });
  for (const name of names) await buildNode(`main/${name}.entry.ts`, name, "out/main");
}

/** Builds what runs in plain Node: the command line and the worker threads. */
export async function bundleNode() {
  await bundleHdf5();
  const entries = Object.entries(NODE_ENTRIES);
  if (isFresh(entries.map(([name]) => `out/node/${name}.cjs`))) return;
  for (const [name, path] of entries) await buildNode(path, name, "out/node");
}

/** Builds the thread that reads HDF5, which the tests start too. */
export async function bundleHdf5() {
  if (!isFresh(["out/node/hdf5.cjs"], HDF5_SOURCES)) await buildNode(HDF5_ENTRY, "hdf5", "out/node");
}

/** One file an entry: a sandboxed preload can't require a neighbour. */
async function buildNode(path, name, folder) {
  await build({
    root,
    configFile: false,
    logLevel: "warn",
    ssr: { noExternal: true },
    define: { CONTRACT_HASH: JSON.stringify(contractHash()) },
    build: {
      ssr: join(root, path),
      outDir: join(root, folder),
      emptyOutDir: false,
      minify: false,
      target: "node20",
      rollupOptions: {
        external: ["electron", ...builtinModules, /^node:/],
        output: { format: "cjs", entryFileNames: `${name}.cjs`, codeSplitting: false },
      },
    },
  });
}

/** Of all that says what crosses between main and engine. */
function contractHash() {
  const folder = join(root, "app/contract");
  const files = readdirSync(folder).map((name) => join(folder, name));
  const hash = createHash("sha256");
  for (const file of [
    ...files.sort(),
    join(root, "app/run/engine.ts"),
    join(root, "main/engine-messages.ts"),
  ])
    hash.update(readFileSync(file));
  return hash.digest("hex");
}

function isFresh(outputs, sources = SOURCES) {
  const built = outputs.map((path) => join(root, path));
  if (!built.every((path) => existsSync(path))) return false;
  const oldest = Math.min(...built.map((path) => statSync(path).mtimeMs));
  return sources.every((path) => newest(join(root, path)) < oldest);
}

function newest(path) {
  const info = statSync(path);
  if (!info.isDirectory()) return info.mtimeMs;
  const inner = readdirSync(path)
    .filter((name) => name !== "target" && name !== "dist")
    .map((name) => newest(join(path, name)));
  return Math.max(info.mtimeMs, ...inner);
}

if (process.argv[1] === fileURLToPath(import.meta.url)) await bundle();
