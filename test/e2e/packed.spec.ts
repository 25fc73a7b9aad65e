import { readFile } from "node:fs/promises";
import { type ElectronApplication, expect, test } from "@playwright/test";
import { launchPacked } from "./launch-packed.ts";

test("the packed application opens the example, aligns it in its sandbox, and shows the result", async () => {
  test.setTimeout(240_000);
  const packed = process.env.CONCORD_PACKED;
  if (packed === undefined) throw new Error("pack the application first: npm test does so");
  const app = await launchPacked(packed);
  const page = await app.firstWindow();
  await page.setViewportSize({ width: 1280, height: 800 });
  const state = await app.evaluate(({ app: electron }) => ({
    packaged: electron.isPackaged,
    unlocked: electron.commandLine.hasSwitch("no-sandbox"),
  }));
  expect(state).toStrictEqual({ packaged: true, unlocked: false });
  if (process.platform === "linux") expect(await seccompOfPage(app)).toBe("2");
  await page.getByRole("button", { name: "Open the example study" }).click();
  await expect(page.locator("table.runs tbody tr")).toHaveCount(8, { timeout: 120_000 });
  await expect(page.getByText("Native kernels")).toBeVisible();
  await page.getByRole("button", { name: "Align", exact: true }).first().click();
  await page.getByRole("button", { name: "Align and classify" }).click();
  await page.getByRole("button", { name: "See the result" }).click({ timeout: 120_000 });
  await expect(page.locator(".sentence")).toHaveText(/^Between-subject classification rises from/);
  await page.screenshot({ path: "test-results/packed-classify.png" });
  await page.getByRole("button", { name: "Inspect", exact: true }).click();
  await expect(page.locator(".course.mean")).toHaveCount(2);
  await app.close();
});

/** The mode of the system's filter of calls on the page's process: 2 is a filter, as the sandbox sets. */
async function seccompOfPage(app: ElectronApplication): Promise<string | undefined> {
  const pid = await app.evaluate(({ BrowserWindow }) =>
    BrowserWindow.getAllWindows()[0]?.webContents.getOSProcessId(),
  );
  const status = await readFile(`/proc/${pid}/status`, "utf8");
  return /^Seccomp:\s+(\d)/m.exec(status)?.[1];
}
