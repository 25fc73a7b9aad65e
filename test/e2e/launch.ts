import { resolve } from "node:path";
import { _electron, type ElectronApplication, type Page } from "@playwright/test";
import { temporaryFolder } from "#test/temporary-folder.ts";
import { resolveElectron } from "../../build/electron.mjs";

const root = resolve(import.meta.dirname, "../..");
export const sherlock = resolve(root, "../shared/data/sherlock-pmc");

/** How the real application is started with this user folder. `--no-sandbox` is for root, in tests alone. */
export async function commandFor(user: string): Promise<{ executable: string; args: string[] }> {
  const { executable } = await resolveElectron();
  return {
    executable,
    args: ["--no-sandbox", "--enable-unsafe-swiftshader", `--user-data-dir=${user}`, root],
  };
}

export function newUser(): string {
  return temporaryFolder("user");
}

interface LaunchOptions {
  readonly env?: Readonly<Record<string, string>>;
  /** Paths as the system hands them over. */
  readonly paths?: readonly string[];
}

/** The real application, with a user folder of its own unless one is given. */
export async function launch(
  user?: string,
  { env = {}, paths = [] }: LaunchOptions = {},
): Promise<{ app: ElectronApplication; page: Page }> {
  const { executable, args } = await commandFor(user ?? newUser());
  const app = await _electron.launch({
    executablePath: executable,
    args: [...args, ...paths],
    env: { ...(process.env as Record<string, string>), ...env },
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

/** The process of the engine. */
export async function enginePid(app: ElectronApplication): Promise<number> {
  const pid = await app.evaluate(
    ({ app: electron }) =>
      electron.getAppMetrics().find(({ name, serviceName }) => `${name} ${serviceName}`.includes("Concord"))
        ?.pid,
  );
  if (pid === undefined) throw new Error("no engine is running");
  return pid;
}
