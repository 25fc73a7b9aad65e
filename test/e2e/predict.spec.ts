import { existsSync } from "node:fs";
import { copyFile, mkdir } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "@playwright/test";
import { temporaryFolder } from "#test/temporary-folder.ts";
import { answerDialog, launch, sherlock } from "./launch.ts";
import { picture } from "./picture.ts";

/** A folder that holds part 2 of sub-05 under another name, and nothing that says what is in it. */
async function otherData(): Promise<string> {
  const folder = temporaryFolder("unlabelled");
  const from = join(sherlock, "fmriprep", "sub-05", "func", "sub-05_task-sherlockPart2_");
  const to = join(folder, "sub-05", "func");
  await mkdir(to, { recursive: true });
  for (const end of ["preproc_bold.nii.gz", "preproc_bold.json"]) {
    const name = `space-MNI152NLin6Asym_res-3_desc-${end}`;
    await copyFile(`${from}${name}`, join(to, `sub-05_task-unlabelled_${name}`));
  }
  return folder;
}

test.skip(!existsSync(sherlock), "the reference data are absent");

test("a method's pieces are chosen, its fit is drawn, and a subject's scenes are compared with the common space", async () => {
  test.setTimeout(150_000);
  const { app, page } = await launch();
  await answerDialog(app, sherlock);
  await page.getByRole("button", { name: "Open a folder…" }).click();
  await expect(page.locator("table.runs tbody tr")).toHaveCount(8);
  await page.getByRole("button", { name: "Align", exact: true }).first().click();
  await page.getByText("Method", { exact: true }).first().click();
  const pieces = page.getByLabel("What is aligned at a time");
  const by = page.getByLabel("What subjects are aligned by");
  await pieces.selectOption("searchlights");
  await by.selectOption("hybrid");
  const targets = page.getByLabel("Targets of connectivity", { exact: true });
  await targets.selectOption("seeds");
  await expect(page.getByText("by samples and connectivity with seeds")).toBeVisible();
  await picture(page, "method-seeds");
  await targets.selectOption("connectivity");
  await expect(page.getByText("in searchlights of 9 mm")).toBeVisible();
  await expect(page.getByText("by samples and connectivity with 50 parcels")).toBeVisible();
  await picture(page, "method-pieces");
  await pieces.selectOption("whole");
  await page.getByLabel("Method of alignment").selectOption("deterministic-srm");
  await by.selectOption("samples");
  await page.getByLabel("keep the common space and each subject's transform as files for NumPy").check();
  await page.getByRole("button", { name: "Align and classify" }).click();
  await page.getByRole("button", { name: "See the result" }).click({ timeout: 60_000 });
  await page.getByRole("button", { name: "Fit", exact: true }).click();
  await expect(page.getByRole("heading", { name: "Course of the fit: squared error" })).toBeVisible();
  await picture(page, "fit");
  await page.getByRole("button", { name: "Predict", exact: true }).click();
  await page.getByRole("combobox", { name: "Subject" }).selectOption("sub-05");
  await page.getByRole("button", { name: "Compare", exact: true }).click();
  const sentence = page.locator(".sentence");
  await expect(sentence).toContainText(
    "of the labelled samples fit their own condition best; chance is 4.8 %.",
    {
      timeout: 60_000,
    },
  );
  expect(Number.parseFloat((await sentence.textContent()) ?? "")).toBeGreaterThan(20);
  const samples = page.getByRole("slider", { name: "Sample" });
  await expect(samples).toHaveAttribute("aria-valuetext", /^At 0 s: scene-/);
  await samples.press("ArrowRight");
  await expect(page.getByRole("heading", { name: /^Scores at \d+(\.\d+)? s$/ })).not.toHaveText(
    "Scores at 0 s",
  );
  await picture(page, "predict");
  await answerDialog(app, await otherData());
  await page.getByLabel("Data to compare").selectOption("choose");
  await expect(page.getByLabel("Data to compare")).toHaveValue("other");
  await page.getByLabel("samples").selectOption("volumes");
  await page.getByRole("button", { name: "Compare", exact: true }).click();
  await expect(page.getByRole("button", { name: "Compare", exact: true })).toBeVisible({ timeout: 60_000 });
  await expect(sentence).toContainText("task-unlabelled of ");
  await picture(page, "predict-other");
  await page.setViewportSize({ width: 2560, height: 1440 });
  await page.waitForTimeout(500);
  await picture(page, "predict-large");
  await page.getByRole("button", { name: "Results", exact: true }).click();
  await expect(page.getByLabel("Confusion matrix, true class by predicted class")).toBeVisible();
  await picture(page, "scenes-large");
  await page.setViewportSize({ width: 1280, height: 800 });
  await page.getByRole("button", { name: "Inspect", exact: true }).click();
  await page.getByLabel("Map", { exact: true }).selectOption("feeds");
  await expect(page.getByText("sub-05's own voxels feeds component 0 of 20")).toBeVisible();
  await page.getByRole("spinbutton", { name: "component" }).fill("3");
  await expect(page.getByText("sub-05's own voxels feeds component 3 of 20")).toBeVisible();
  await expect(page.getByRole("figure", { name: "Weights" })).toContainText("481 voxels shown");
  await page.waitForTimeout(1000);
  await picture(page, "feeds");
  await page.getByLabel("Map", { exact: true }).selectOption("foretold");
  await expect(page.getByRole("figure", { name: "As measured" })).toContainText("481 voxels shown");
  await expect(page.getByRole("figure", { name: "Foretold from the others" })).toContainText(
    "481 voxels shown",
  );
  await expect(
    page.getByText(/into sub-05's own voxels by .* measured is −?0\.\d\d; that of the others/),
  ).toBeVisible();
  await page.waitForTimeout(1000);
  await picture(page, "foretold");
  await app.close();
});
