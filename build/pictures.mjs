/** `npm run pictures`: the README's pictures, of the example study in the real window, in light and dark. */
import { mkdirSync, mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { ensureDependencies } from "./dependencies.mjs";
import { buildNative } from "./native.mjs";
import { root } from "./run-command.mjs";

ensureDependencies();
buildNative();
const { _electron } = await import("@playwright/test");
const { bundle } = await import("./bundle.mjs");
const { resolveElectron } = await import("./electron.mjs");
await bundle();
const { executable } = await resolveElectron();
const folder = join(root, "docs", "pictures");
mkdirSync(folder, { recursive: true });

const user = mkdtempSync(join(tmpdir(), "concord-pictures-"));
const asRoot = process.getuid?.() === 0 ? ["--no-sandbox"] : [];
const app = await _electron.launch({
  executablePath: executable,
  args: [...asRoot, "--enable-unsafe-swiftshader", `--user-data-dir=${user}`, root],
});
const page = await app.firstWindow();
await page.setViewportSize({ width: 1280, height: 800 });
await page.getByRole("button", { name: "Open the example study" }).first().click();
await page.locator("table.runs tbody tr").nth(7).waitFor({ timeout: 120_000 });
await page.getByText("images read").waitFor({ timeout: 120_000 });
await picture("open");
await page.getByRole("button", { name: "Align", exact: true }).first().click();
await page.getByText("1,972 voxels of desc-ventraltemporal_mask.nii.gz").waitFor();
await picture("align");
await page.getByRole("button", { name: "Align and classify" }).click();
await page.getByRole("button", { name: "See the result" }).click({ timeout: 120_000 });
await page.locator(".sentence").waitFor();
await page.getByRole("button", { name: /^shoe taken for cat/ }).click();
await picture("classify");
await page.getByRole("button", { name: "Inspect", exact: true }).click();
await page.locator(".course.mean").nth(1).waitFor();
await page.waitForTimeout(3000);
await picture("inspect");
await app.close();

async function picture(name) {
  for (const colorScheme of ["light", "dark"]) {
    await page.emulateMedia({ colorScheme });
    await page.waitForTimeout(300);
    await page.screenshot({ path: join(folder, `${name}-${colorScheme}.png`) });
  }
}
