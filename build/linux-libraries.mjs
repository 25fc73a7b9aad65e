/** What Electron's tests need of Linux: a display without a screen, and the libraries of its window. */
import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";

const PACKAGES =
  "xvfb xauth libnss3 libatk1.0-0 libatk-bridge2.0-0 libcups2 libdrm2 libxkbcommon0 libxcomposite1 libxdamage1 libxfixes3 libxrandr2 libgbm1 libasound2 libpango-1.0-0 libgtk-3-0".split(
    " ",
  );

/** True when all is there; installs it as root in CI or a container, and names the command otherwise. */
export function ensureLinuxLibraries(executable) {
  if (process.platform !== "linux" || complete(executable)) return true;
  const command = `apt-get install -y --no-install-recommends ${PACKAGES.join(" ")}`;
  const mayInstall = process.getuid?.() === 0 && (process.env.CI || existsSync("/.dockerenv"));
  if (!mayInstall) {
    console.error(`The end-to-end tests need libraries that are not installed. Run: sudo ${command}`);
    return false;
  }
  console.log(`Installing what Electron needs: ${command}`);
  const options = { stdio: "inherit", env: { ...process.env, DEBIAN_FRONTEND: "noninteractive" } };
  spawnSync("apt-get", ["update", "-qq"], options);
  spawnSync("apt-get", ["install", "-y", "-qq", "--no-install-recommends", ...PACKAGES], options);
  return complete(executable);
}

function complete(executable) {
  if (spawnSync("xvfb-run", ["--help"]).error) return false;
  const { stdout } = spawnSync("ldd", [executable], { encoding: "utf8" });
  return !(stdout ?? "").includes("not found");
}
