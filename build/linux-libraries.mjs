/** What Electron's tests need of Linux: a display without a screen, and the libraries of its window. */
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
  const inContainer = existsSync("/.dockerenv") || existsSync("/run/.containerenv");
  if (process.getuid?.() !== 0 || !(process.env.CI || inContainer)) {
    console.error("The end-to-end tests need libraries that are not installed. Run:");
    console.error(`  sudo apt-get update && sudo ${installCommand(aptPackages(isOffered)).join(" ")}`);
    return false;
  }
  const options = { stdio: "inherit", env: { ...process.env, DEBIAN_FRONTEND: "noninteractive" } };
  // A fresh container knows of no packages.
  spawnSync("apt-get", ["update", "-qq"], options);
  const [command, ...args] = installCommand(aptPackages(isOffered));
  console.log(`Installing what Electron needs: ${[command, ...args].join(" ")}`);
  spawnSync(command, args, options);
  const left = missing(executable);
  if (left.length > 0)
    console.error(`Still not installed: ${left.join(", ")}. Look at what apt-get says above.`);
  return left.length === 0;
}

/** The packages by the names they have here: those with 64-bit times got another name in Debian 13 and Ubuntu 24.04. */
export function aptPackages(isKnown) {
  return PACKAGES.map((name) => (isKnown(`${name}t64`) ? `${name}t64` : name));
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
