import { existsSync } from "node:fs";
import { expect, type Page, test } from "@playwright/test";
import { answerDialog, launch, sherlock } from "./launch.ts";

async function picture(page: Page, name: string): Promise<void> {
  for (const colorScheme of ["light", "dark"] as const) {
    await page.emulateMedia({ colorScheme });
    await page.screenshot({ path: `test-results/${name}-${colorScheme}.png` });
  }
}

test.skip(!existsSync(sherlock), "the reference data are absent");

test("opens Sherlock, masks it, aligns part 1, classifies the scenes of part 2 and shows it", async () => {
  const { app, page } = await launch();
  await expect(page.getByRole("button", { name: "Open a folder…" })).toBeVisible();
  await picture(page, "open-empty");
  await answerDialog(app, sherlock);
  await page.getByRole("button", { name: "Open a folder…" }).click();
  await expect(page.locator("table.runs tbody tr")).toHaveCount(8);
  await expect(page.getByText("broken tail")).toHaveCount(1);
  await page.getByRole("button", { name: "broken tail" }).click();
  await picture(page, "open-study");

  await page.getByRole("button", { name: "Align", exact: true }).first().click();
  await page.getByRole("button", { name: "Sherlock tutorial" }).click();
  await page.getByText("Samples", { exact: true }).click();
  await page.getByLabel("Shift of the samples to classify, s").fill("0");
  await expect(page.getByText("481 voxels of desc-pmc_mask.nii.gz")).toBeVisible();
  await picture(page, "align");
  await page.getByRole("button", { name: "Align and classify" }).click();
  await expect(page.getByRole("button", { name: "See the result" })).toBeVisible({ timeout: 60_000 });
  await page.getByRole("button", { name: "See the result" }).click();

  await expect(page.locator(".sentence")).toHaveText(
    "Between-subject classification rises from 21.4 % on anatomy to 38.1 % after alignment; chance is 4.8 %.",
  );
  await page
    .getByRole("button", { name: /taken for/ })
    .first()
    .click();
  await expect(page.getByRole("heading", { name: /samples of/ })).toBeVisible();
  await picture(page, "classify");

  await page.getByRole("button", { name: "Inspect", exact: true }).click();
  await expect(page.locator(".brain canvas")).toHaveCount(2);
  await expect(page.locator(".course.mean")).toHaveCount(2);
  await expect(page.getByText("481 voxels shown")).toHaveCount(2);
  await page.waitForTimeout(1500);
  await picture(page, "inspect");
  await page.setViewportSize({ width: 2560, height: 1440 });
  await page.waitForTimeout(500);
  await page.screenshot({ path: "test-results/inspect-large.png" });
  await page.setViewportSize({ width: 1280, height: 800 });

  await page.getByRole("button", { name: "Report", exact: true }).click();
  await expect(page.frameLocator("iframe").getByRole("heading", { name: "Classification" })).toBeVisible();
  await picture(page, "report");
  await app.close();
});
