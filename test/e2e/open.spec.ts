import { join, resolve } from "node:path";
import { _electron, expect, test } from "@playwright/test";

const root = resolve(import.meta.dirname, "../..");

test("opens a folder and stays locked", async () => {
  const { resolveElectron } = await import(join(root, "build/electron.mjs"));
  const { executable } = await resolveElectron();
  const app = await _electron.launch({
    executablePath: executable,
    args: ["--no-sandbox", "--enable-unsafe-swiftshader", root],
  });
  const page = await app.firstWindow();
  await expect(page.getByRole("button", { name: "Open a folder…" })).toBeVisible();
  await page.screenshot({ path: "test-results/empty.png" });
  expect(await page.evaluate(() => "require" in window)).toBe(false);
  expect(await page.evaluate(() => window.open("https://example.org"))).toBeNull();
  expect(
    await app.evaluate(({ BrowserWindow }) => {
      const contents = BrowserWindow.getAllWindows()[0]?.webContents;
      return contents && Reflect.get(contents, "getLastWebPreferences").call(contents).sandbox;
    }),
  ).toBe(true);
  // The choose button's own way, with the folder dialog answered.
  const folder = resolve(root, "../shared/data/sherlock-pmc");
  await app.evaluate(({ dialog }, path) => {
    dialog.showOpenDialog = async () => ({ canceled: false, filePaths: [path] });
  }, folder);
  await page.getByRole("button", { name: "Open a folder…" }).click();
  await expect(page.locator("tbody tr")).toHaveCount(8);
  await expect(page.locator("thead th")).toHaveCount(3);
  for (const colorScheme of ["light", "dark"] as const) {
    await page.emulateMedia({ colorScheme });
    await page.screenshot({ path: `test-results/open-${colorScheme}.png` });
  }
  await app.close();
});
