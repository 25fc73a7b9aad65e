import { existsSync } from "node:fs";
import { cp, writeFile } from "node:fs/promises";
import { join, resolve } from "node:path";
import { expect, test } from "@playwright/test";
import { temporaryFolder } from "#test/temporary-folder.ts";
import { answerDialog, launch } from "./launch.ts";
import { picture } from "./picture.ts";

const fixture = resolve(import.meta.dirname, "../../../shared/data/fixtures/surface");

test.skip(!existsSync(fixture), "the reference data are absent");

test("surfaces are aligned and looked at on the cortex that lies beside them", async () => {
  test.setTimeout(180_000);
  const folder = temporaryFolder("surface");
  for (const subject of ["01", "02", "03"]) {
    for (const hemi of ["L", "R"]) {
      const name = (run: string) =>
        `sub-${subject}_task-movie_${run}hemi-${hemi}_space-fsaverage5_bold.func.gii`;
      const from = join(fixture, name(""));
      // One recording stands for two runs: what is looked at here is where values lie.
      for (const run of ["run-1_", "run-2_"])
        await cp(from, join(folder, `sub-${subject}`, "func", name(run)));
    }
  }
  for (const shape of ["infl_left", "infl_right", "pial.left", "pial.right", "sphere_left"])
    await cp(join(fixture, "fsaverage5", `${shape}.gii.gz`), join(folder, "fsaverage5", `${shape}.gii.gz`));
  const events = Array.from({ length: 14 }, (_, at) => `${8 * at}\t8\t${at % 2 === 0 ? "face" : "house"}\n`);
  await writeFile(join(folder, "task-movie_events.tsv"), `onset\tduration\ttrial_type\n${events.join("")}`);
  const { app, page } = await launch();
  await answerDialog(app, folder);
  await page.getByRole("button", { name: "Open a folder…" }).click();
  await expect(page.locator("table.runs tbody tr")).toHaveCount(3);
  await page.getByRole("button", { name: "Align", exact: true }).first().click();
  await page.getByRole("button", { name: "Align and classify" }).click();
  await page.getByRole("button", { name: "See the result" }).click({ timeout: 120_000 });
  await page.getByRole("button", { name: "Inspect", exact: true }).click();

  const before = page.getByRole("figure", { name: "Before alignment" });
  await expect(before.locator("canvas")).toBeVisible({ timeout: 30_000 });
  await expect(page.getByRole("figure", { name: "After alignment" }).locator("canvas")).toBeVisible();
  const hemisphere = page.getByRole("group", { name: "Hemisphere" });
  await hemisphere.getByRole("button", { name: "Left" }).click();
  await expect(hemisphere.getByRole("button", { name: "Left" })).toHaveAttribute("aria-pressed", "true");
  const words = page.locator(".column-words");
  await before.locator("canvas").click();
  await expect(words).toHaveText(/^left cortex, vertex \d+$/);
  await page.waitForTimeout(1000);
  await picture(page, "surface-left");
  await page.getByRole("group", { name: "Side" }).getByRole("button", { name: "Medial" }).click();
  await page.waitForTimeout(500);
  await page.screenshot({ path: "test-results/surface-medial.png" });
  await hemisphere.getByRole("button", { name: "Right" }).click();
  await page.getByRole("group", { name: "Side" }).getByRole("button", { name: "Lateral" }).click();
  await page.waitForTimeout(1000);
  await page.screenshot({ path: "test-results/surface-right.png" });
  await before.locator("canvas").click();
  await expect(words).toHaveText(/^right cortex, vertex \d+$/);

  // Graphics that are lost come back, and what is clicked then is heard.
  await before.locator("canvas").evaluate((canvas: HTMLCanvasElement) => {
    canvas.setAttribute("data-lost", "");
    canvas.getContext("webgl2")?.getExtension("WEBGL_lose_context")?.loseContext();
  });
  await expect(page.locator("canvas[data-lost]")).toHaveCount(0);
  const chosen = await words.textContent();
  await before.locator("canvas").click({ position: { x: 200, y: 120 } });
  await expect(words).not.toHaveText(chosen ?? "");
  await expect(words).toHaveText(/^right cortex, vertex \d+$/);
  await page.setViewportSize({ width: 2560, height: 1440 });
  await page.waitForTimeout(1000);
  await page.screenshot({ path: "test-results/surface-right-large.png" });
  await app.close();
});
