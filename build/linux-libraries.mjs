/** What tests need of Linux: a display without a screen, the libraries of Electron's window, git-annex. */
import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";

/** By Debian's names. */
const PACKAGES = [
  "xvfb",
  "xauth",
  "libasound2",
  "libatk-bridge2.0-0",
  "libatk1.0-0",
  "libcups2",
  "libdrm2",
  "libgbm1",
  "libgtk-3-0",
  "libnss3",
  "libpango-1.0-0",
  "libxcomposite1",
  "libxdamage1",
  "libxfixes3",
  "libxkbcommon0",
  "libxrandr2",
];

/** True when all is there; installs it as root in CI or a container, and names the command otherwise. */
export function ensureLinuxLibraries(executable) {
  if (process.platform !== "linux" || missing(executable).length === 0) return true;
  if (spawnSync("apt-get", ["--version"]).error) {
    console.error(`The end-to-end tests need what is not installed: ${missing(executable).join(", ")}.`);
    console.error("Install it with your system's package manager, and run the command again.");
    return false;
  }
  if (!mayInstall()) {
    console.error("The end-to-end tests need libraries that are not installed. Run:");
    console.error(`  sudo apt-get update && sudo ${installCommand(aptPackages(isOffered)).join(" ")}`);
    return false;
  }
  install("what Electron needs", () => aptPackages(isOffered));
  const left = missing(executable);
  if (left.length > 0)
    console.error(`Still not installed: ${left.join(", ")}. Look at what apt-get says above.`);
  return left.length === 0;
}

/** The packages by the names they have here: those with 64-bit times got another name in Debian 13 and Ubuntu 24.04. */
export function aptPackages(isKnown) {
  return PACKAGES.map((name) => (isKnown(`${name}t64`) ? `${name}t64` : name));
}

/** Installs git-annex where the tests may, which serve a dataset of it: elsewhere those are skipped. */
export function ensureGitAnnex() {
  const isThere = () => spawnSync("git-annex", ["version", "--raw"]).status === 0;
  if (process.platform !== "linux" || isThere() || spawnSync("apt-get", ["--version"]).error) return;
  if (mayInstall()) install("what the tests of downloads need", () => ["git", "git-annex"]);
}

/** Root in CI or a container. */
function mayInstall() {
  const inContainer = existsSync("/.dockerenv") || existsSync("/run/.containerenv");
  return process.getuid?.() === 0 && Boolean(process.env.CI || inContainer);
}

/** `packages` is asked once the names are known: a fresh container knows of none. */
function install(what, packages) {
  const options = { stdio: "inherit", env: { ...process.env, DEBIAN_FRONTEND: "noninteractive" } };
  spawnSync("apt-get", ["update", "-qq"], options);
  const [command, ...args] = installCommand(packages());
  console.log(`Installing ${what}: ${[command, ...args].join(" ")}`);
  spawnSync(command, args, options);
}

function installCommand(packages) {
  return ["apt-get", "install", "-y", "--no-install-recommends", ...packages];
}

function isOffered(name) {
  return spawnSync("apt-cache", ["show", "--no-all-versions", name]).status === 0;
}

/** What the executable or its tests would not find. */
function missing(executable) {
  const programs = ["xvfb-run", "xauth"].filter(
    (name) => spawnSync("sh", ["-c", `command -v ${name}`]).status !== 0,
  );
  const { stdout } = spawnSync("ldd", [executable], { encoding: "utf8" });
  const libraries = [...(stdout ?? "").matchAll(/^\s*(\S+) => not found/gm)].map(([, name]) => name);
  return [...programs, ...libraries];
}
