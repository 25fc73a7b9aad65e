import { existsSync } from "node:fs";
import { expect, test } from "@playwright/test";
import { answerDialog, launch, sherlock } from "./launch.ts";
import { picture } from "./picture.ts";
import { leaveTornRun } from "./torn-run.ts";

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
  await expect(page.getByText("946 rows a subject")).toBeVisible();
  await picture(page, "align");
  await page.getByText("Method", { exact: true }).first().click();
  await page.getByLabel("Method of alignment").selectOption("Reliability-weighted MCCA");
  await expect(page.getByText("Kettenring JR (1971)")).toBeVisible();
  await page.getByLabel("choose among several by nested cross-validation").first().check();
  await expect(page.getByLabel("Components")).toHaveValue("20, 50, 100, 200");
  await picture(page, "align-method");
  await page.getByLabel("Method of alignment").selectOption("Hyperalignment");
  await page.getByRole("button", { name: "Align and classify" }).click();
  await expect(page.getByRole("button", { name: "See the result" })).toBeVisible({ timeout: 60_000 });
  await page.getByRole("button", { name: "See the result" }).click();

  await expect(page.locator(".sentence")).toHaveText(
    "Between-subject classification rises from 24.4 % on anatomy to 40.5 % after alignment; chance is 4.8 %. Of time segments of 10 samples, 9.5 % are matched between subjects after alignment and 4.1 % on anatomy; chance is 0.11 %.",
  );
  await page
    .getByRole("button", { name: /taken for/ })
    .first()
    .click();
  await expect(page.getByRole("heading", { name: /samples of/ })).toBeVisible();
  await expect(page.locator(".chart .tick", { hasText: "Not measured." })).toHaveCount(1);
  expect(await page.locator("main").evaluate((main) => main.scrollHeight > main.clientHeight)).toBe(false);
  await page.getByRole("button", { name: "Export and table of Accuracy, 8 subjects" }).click();
  await page.getByRole("menuitem", { name: "Table" }).click();
  await expect(page.getByRole("table", { name: "Accuracy, 8 subjects" }).getByRole("row")).toHaveCount(9);
  await page.getByRole("button", { name: "Export and table of Accuracy, 8 subjects" }).click();
  await page.getByRole("menuitem", { name: "Chart" }).click();
  // On anatomy, on shifted times and after alignment.
  await expect(page.locator(".dot")).toHaveCount(24);
  await picture(page, "classify");
  await page.getByLabel("Measure").selectOption("Time segments");
  await expect(page.getByText("Dashed: chance, 0.11 %.")).toBeVisible();
  await picture(page, "classify-segments");
  await page.getByRole("button", { name: "Segments", exact: true }).click();
  const matched = page.getByRole("figure").filter({ hasText: "Matched over time" });
  await page.getByRole("button", { name: "Scene scene-30" }).click();
  await expect(matched.locator(".chosen-scene")).toHaveCount(1);
  // The bin of a segment that is chosen in one is framed in the other.
  await page
    .getByRole("button", { name: /segments taken for/ })
    .first()
    .click();
  await expect(matched.locator(".chosen-row")).toHaveCount(1);
  await picture(page, "classify-segment-times");
  await page.getByRole("button", { name: "Scene scene-28" }).click();
  await page.getByRole("button", { name: "Results", exact: true }).click();
  await page.getByLabel("Measure").selectOption("Accuracy");

  await page.getByRole("button", { name: "Inspect", exact: true }).click();
  await expect(page.locator(".brain canvas")).toHaveCount(2);
  await expect(page.locator(".course.mean")).toHaveCount(2);
  await expect(page.getByText("481 voxels shown")).toHaveCount(2);
  // The lines' names are as wide as their text.
  const name = await page.locator(".course-read-out .key.chosen").first().boundingBox();
  expect(name?.width).toBeGreaterThan(40);
  await page.waitForTimeout(1500);
  await picture(page, "inspect");

  // Before and after are on one scale.
  const ends = await page
    .locator(".courses-chart")
    .evaluateAll((charts) => charts.map((chart) => chart.querySelector(".tick")?.textContent));
  expect(ends[0]).toMatch(/^−\d/);
  expect(ends[1]).toBe(ends[0]);

  // The threshold is typed, and the same word tells the side wherever it is switched.
  await page.getByLabel("Threshold, z").fill("0.2");
  await page.getByLabel("Threshold, z").press("Enter");
  await expect(page.getByText("481 voxels shown")).toHaveCount(0);
  await expect(page.getByRole("slider", { name: "Threshold" })).toHaveAttribute("aria-valuenow", "0.2");
  await page.getByRole("slider", { name: "Threshold" }).press("Home");
  const convention = page.locator("footer .convention");
  await expect(convention).toHaveText("Neurological");
  await page.getByRole("button", { name: "View" }).click();
  await page.getByRole("menuitemcheckbox", { name: /Radiological/ }).click();
  await page.keyboard.press("Escape");
  await expect(convention).toHaveText("Radiological");
  await convention.click();
  await expect(convention).toHaveText("Neurological");

  // Keys do what the list of them says, and nothing while a person types.
  await page.locator("h1").click();
  await page.keyboard.press("?");
  await expect(page.getByRole("dialog", { name: "Shortcuts" })).toBeVisible();
  await picture(page, "shortcuts");
  await page.keyboard.press("Escape");
  await expect(page.getByRole("dialog")).toHaveCount(0);
  await page.keyboard.press("2");
  await expect(page.getByLabel("Subject", { exact: true })).toHaveValue("sub-02");
  await page.getByLabel("Place of the crosshair, mm").press("3");
  await expect(page.getByLabel("Subject", { exact: true })).toHaveValue("sub-02");
  await page.getByLabel("Place of the crosshair, mm").fill("0 0 0");
  await page.getByLabel("Place of the crosshair, mm").press("Enter");
  await expect(page.locator(".value-here").first()).toHaveText("outside the region");

  // Graphics that are lost come back.
  await page
    .locator(".brain canvas")
    .first()
    .evaluate((canvas: HTMLCanvasElement) => {
      canvas.setAttribute("data-lost", "");
      canvas.getContext("webgl2")?.getExtension("WEBGL_lose_context")?.loseContext();
    });
  await expect(page.locator("canvas[data-lost]")).toHaveCount(0);
  await expect(page.getByText("Reading the brain.")).toHaveCount(0);
  await page.setViewportSize({ width: 2560, height: 1440 });
  await page.waitForTimeout(500);
  await page.screenshot({ path: "test-results/inspect-large.png" });
  await page.setViewportSize({ width: 1280, height: 800 });

  await page.getByRole("button", { name: "Report", exact: true }).click();
  await expect(page.frameLocator("iframe").getByRole("heading", { name: "Classification" })).toBeVisible();
  await picture(page, "report");

  await leaveTornRun(app);
  await page.getByRole("button", { name: /^Runs/ }).click();
  const runs = page.getByRole("dialog", { name: "Runs" }).getByRole("listitem");
  await expect(runs).toHaveCount(2);
  await expect(runs.first()).toContainText("aligned 40.5 %");
  await expect(runs.last()).toContainText("▲ failed");
  await expect(runs.last()).toContainText("Concord ended while this run was going.");
  await picture(page, "runs");
  await runs.last().getByRole("button", { name: "Use Plan" }).click();
  await expect(page.getByText("leave one run out; linear support vector machine")).toBeVisible();
  await app.close();
});
