/** Builds the Rust kernels where cargo is found; without it the portable kernels serve. */
import { spawnSync } from "node:child_process";
import { copyFileSync, existsSync, mkdirSync, readdirSync, statSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { root, runCommand } from "./run-command.mjs";

const crate = join(root, "app", "native");
const addon = join(crate, "dist", `${process.platform}-${process.arch}`, "concord.node");
const LIBRARIES = {
  linux: "libconcord_native.so",
  darwin: "libconcord_native.dylib",
  win32: "concord_native.dll",
};

/** True when the addon is in place. */
export function buildNative() {
  if (existsSync(addon) && statSync(addon).mtimeMs > newestSource()) return true;
  if (spawnSync("cargo", ["--version"]).status !== 0) {
    console.error("No Rust toolchain was found: the portable kernels serve, slower.");
    return false;
  }
  console.error("Building the native kernels (a few minutes the first time)");
  if (
    !runCommand("cargo", [
      "build",
      "--release",
      "--locked",
      "--quiet",
      "--manifest-path",
      join(crate, "Cargo.toml"),
    ])
  ) {
    console.error("The native kernels could not be built: the portable ones serve, slower.");
    return false;
  }
  mkdirSync(dirname(addon), { recursive: true });
  copyFileSync(join(crate, "target", "release", LIBRARIES[process.platform]), addon);
  return true;
}

function newestSource() {
  const files = readdirSync(join(crate, "src")).map((name) => join(crate, "src", name));
  return Math.max(
    ...[...files, join(crate, "Cargo.toml"), join(crate, "Cargo.lock")].map((file) => statSync(file).mtimeMs),
  );
}

if (process.argv[1] === fileURLToPath(import.meta.url)) process.exit(buildNative() ? 0 : 1);
