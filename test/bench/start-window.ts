import { join } from "node:path";
import { _electron } from "@playwright/test";
import type { Outcome } from "./run-case.ts";

/**
 * From the launch of Electron to the first thing that can be clicked. `peakBytes` is the largest, over the
 * launches, of the sum of the working-set peaks of all the app's processes: pages they share count in each.
 */
export async function startWindow(root: string, runs: number): Promise<Outcome> {
  const { resolveElectron } = await import(join(root, "build", "electron.mjs"));
  const { executable } = await resolveElectron();
  const sandbox = process.getuid?.() === 0 ? ["--no-sandbox"] : [];
  let peakBytes = 0;
  const seconds: number[] = [];
  // The first launch fills the system's cache and is not counted.
  for (let launch = 0; launch <= runs; launch++) {
    const started = performance.now();
    const app = await _electron.launch({
      executablePath: executable,
      args: [...sandbox, "--enable-unsafe-swiftshader", root],
    });
    const page = await app.firstWindow();
    await page.getByRole("button", { name: "Open a folder…" }).click({ trial: true });
    if (launch > 0) seconds.push((performance.now() - started) / 1000);
    const kilobytes = await app.evaluate(({ app: electron }) =>
      electron.getAppMetrics().reduce((sum, { memory }) => sum + memory.peakWorkingSetSize, 0),
    );
    peakBytes = Math.max(peakBytes, kilobytes * 1024);
    await app.close();
  }
  return { seconds, peakBytes };
}
