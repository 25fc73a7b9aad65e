import { join } from "node:path";
import { _electron, type Page } from "@playwright/test";
import { temporaryFolder } from "#test/temporary-folder.ts";
import type { Outcome } from "./run-case.ts";

const FRAMES = 120;

/**
 * Time from frame to frame in Inspect while the crosshair moves by one voxel in each: both brains, both charts of time
 * courses and every number follow. On the example study, after a run of it. The first 20 frames are not counted.
 */
export async function scrub(root: string): Promise<Outcome> {
  const { resolveElectron } = await import(join(root, "build", "electron.mjs"));
  const { executable } = await resolveElectron();
  const sandbox = process.getuid?.() === 0 ? ["--no-sandbox"] : [];
  const user = temporaryFolder("bench");
  const app = await _electron.launch({
    executablePath: executable,
    args: [...sandbox, "--enable-unsafe-swiftshader", `--user-data-dir=${user}`, root],
  });
  const page = await app.firstWindow();
  await page.setViewportSize({ width: 1280, height: 800 });
  await page.getByRole("button", { name: "Open the example study" }).click();
  await page.getByRole("button", { name: "Align", exact: true }).first().click({ timeout: 120_000 });
  await page.getByRole("button", { name: "Align and classify" }).click();
  await page.getByRole("button", { name: "See the result" }).click({ timeout: 120_000 });
  await page.getByRole("button", { name: "Inspect", exact: true }).click();
  await page.locator(".course.mean").nth(1).waitFor();
  await page.waitForTimeout(2000);
  const seconds = (await frameTimes(page, FRAMES + 20)).slice(20);
  const kilobytes = await app.evaluate(({ app: electron }) =>
    electron.getAppMetrics().reduce((sum, { memory }) => sum + memory.peakWorkingSetSize, 0),
  );
  await app.close();
  return { seconds, peakBytes: kilobytes * 1024 };
}

async function frameTimes(page: Page, frames: number): Promise<number[]> {
  return page.evaluate(
    (count) =>
      new Promise<number[]>((resolve) => {
        const seconds: number[] = [];
        let last = performance.now();
        const step = () => {
          const now = performance.now();
          seconds.push((now - last) / 1000);
          last = now;
          if (seconds.length === count) return resolve(seconds);
          const key = seconds.length % 20 < 10 ? "ArrowRight" : "ArrowLeft";
          dispatchEvent(new KeyboardEvent("keydown", { key, bubbles: true }));
          requestAnimationFrame(step);
        };
        requestAnimationFrame(step);
      }),
    frames,
  );
}
