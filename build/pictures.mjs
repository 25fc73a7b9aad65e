/** `npm run pictures`: the pictures of the README and of docs/tutorials.md, of the examples in the real window, in light and dark. */
import { spawnSync } from "node:child_process";
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
await run(120_000);
await page.getByRole("button", { name: /^shoe taken for cat/ }).click();
await picture("classify");
await page.getByRole("button", { name: "Inspect", exact: true }).click();
await page.locator(".course.mean").nth(1).waitFor();
await page.waitForTimeout(3000);
await picture("inspect");
await page.getByRole("button", { name: "Align", exact: true }).first().click();
await page.getByText("Measures", { exact: true }).first().click();
await page.getByLabel(/Tell every pair of conditions apart/).check();
await page.getByText("Statistics", { exact: true }).first().click();
await page.getByLabel("Draw labels anew", { exact: true }).check();
await run(300_000);
await page.getByRole("button", { name: "Statistics", exact: true }).click();
await picture("statistics");
await page.getByRole("button", { name: "Similarity", exact: true }).click();
await picture("similarity");

const films = mkdtempSync(join(tmpdir(), "concord-film-"));
spawnSync(process.execPath, [join(root, "out", "node", "cli.cjs"), "example", films, "--film"]);
await app.evaluate(
  ({ dialog }, path) => {
    dialog.showOpenDialog = async () => ({ canceled: false, filePaths: [path] });
  },
  join(films, "concord-example-film"),
);
await page.getByRole("button", { name: "Open", exact: true }).click();
await page.getByRole("button", { name: "Open a folder…" }).first().click();
await page.getByText("concord-example-film").first().waitFor({ timeout: 60_000 });
await page.getByRole("button", { name: "Align", exact: true }).first().click();
await run(120_000);
await page.getByLabel("Measure").selectOption("Time segments");
await picture("film");
await page.getByRole("button", { name: "Segments", exact: true }).click();
await page.getByRole("button", { name: "Scene scene-16" }).click();
await page.mouse.move(0, 0);
await picture("segments");
await app.close();

async function run(timeout) {
  await page.getByRole("button", { name: "Align and classify" }).click();
  await page.getByRole("button", { name: "See the result" }).waitFor({ state: "detached" });
  await page.getByRole("button", { name: "See the result" }).click({ timeout });
  await page.locator(".sentence").waitFor();
}

async function picture(name) {
  for (const colorScheme of ["light", "dark"]) {
    await page.emulateMedia({ colorScheme });
    await page.waitForTimeout(300);
    await page.screenshot({ path: join(folder, `${name}-${colorScheme}.png`) });
  }
}
