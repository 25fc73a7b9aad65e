import { mkdtemp } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { _electron, type ElectronApplication, type Page } from "@playwright/test";

export const root = resolve(import.meta.dirname, "../..");
export const sherlock = resolve(root, "../shared/data/sherlock-pmc");

/** The real application with a user folder of its own. `--no-sandbox` is for root, in tests alone. */
export async function launch(...args: string[]): Promise<{ app: ElectronApplication; page: Page }> {
  const { resolveElectron } = await import(join(root, "build/electron.mjs"));
  const { executable } = await resolveElectron();
  const user = await mkdtemp(join(tmpdir(), "concord-user-"));
  const app = await _electron.launch({
    executablePath: executable,
    args: ["--no-sandbox", "--enable-unsafe-swiftshader", `--user-data-dir=${user}`, root, ...args],
  });
  const page = await app.firstWindow();
  await page.setViewportSize({ width: 1280, height: 800 });
  return { app, page };
}

/** The next folder dialog is answered with this path. */
export async function answerDialog(app: ElectronApplication, path: string): Promise<void> {
  await app.evaluate(({ dialog }, chosen) => {
    dialog.showOpenDialog = async () => ({ canceled: false, filePaths: [chosen] });
  }, path);
}
