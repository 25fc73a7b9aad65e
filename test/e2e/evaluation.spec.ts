import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "@playwright/test";
import { temporaryFolder } from "#test/temporary-folder.ts";
import { answerDialog, launch } from "./launch.ts";
import { picture } from "./picture.ts";

/** Animals are like animals, things like things. */
function animacyModel(): string {
  const conditions = ["house", "face", "chair", "scissors", "cat", "shoe", "bottle"];
  const lives = (name: string) => name === "face" || name === "cat";
  const rows = conditions.map((a) => [a, ...conditions.map((b) => (lives(a) === lives(b) ? 0 : 1))]);
  const path = join(temporaryFolder("model"), "animacy.tsv");
  writeFileSync(path, [["", ...conditions], ...rows].map((row) => row.join("\t")).join("\n"));
  return path;
}

test("protocols show their folds, labels are drawn anew, and the results say how sure they are", async () => {
  test.setTimeout(240_000);
  const { app, page } = await launch();
  await page
    .getByRole("button", { name: /example/i })
    .first()
    .click();
  await expect(page.locator("table.runs tbody tr").first()).toBeVisible({ timeout: 90_000 });
  await page.getByRole("button", { name: "Align", exact: true }).first().click();

  await page.getByText("Test", { exact: true }).first().click();
  await page.getByLabel("Protocol").selectOption("leave-one-block-out");
  // A block tested, its gap, and what is left of the run.
  await expect(page.locator(".parts.cut").first().locator(".role")).toHaveText(["T", "", "A"]);
  await expect(page.locator(".parts.cut .role.none").first()).toHaveAttribute("title", /not used$/);
  await page.getByLabel("Claim").selectOption("new subject");
  await page.getByLabel("Train on").selectOption("B");
  await expect(page.getByText("Only sub-01 is tested here")).toBeVisible();
  await expect(page.locator(".role.align.added").first()).toHaveText("A");
  await expect(page.locator(".role.align.train").first()).toHaveText("AR");
  await picture(page, "evaluation-new-subject");
  await page.getByLabel("Protocol").selectOption("leave-one-run-out");
  await page.getByLabel("Claim").selectOption("same subjects, new data");
  await page.getByLabel("Train on").selectOption("A");
  await page.getByLabel("Classifier").selectOption("discriminant-analysis");

  await page.getByText("Measures", { exact: true }).first().click();
  await page.getByLabel(/Tell every pair of conditions apart/).check();
  await page.getByLabel("Classify in the sphere around each voxel").check();
  await page.getByLabel("Not around every voxel: centres at most", { exact: true }).check();
  await page.getByLabel(/Foretell each subject/).check();
  await page.getByLabel("Compare conditions by").selectOption("crossnobis");
  await answerDialog(app, animacyModel());
  await page.getByRole("button", { name: "Add a model…" }).click();
  await expect(page.getByText("Model animacy")).toBeVisible();
  await picture(page, "evaluation-test-card");

  await page.getByText("Statistics", { exact: true }).first().click();
  await page.getByLabel("Draw labels anew", { exact: true }).check();
  await page.getByLabel("Draw labels anew, times").fill("39");
  await page
    .getByLabel(/Hold correlations/)
    .first()
    .check();
  await page.getByRole("button", { name: "Align and classify" }).click();
  await page.getByRole("button", { name: "See the result" }).click({ timeout: 180_000 });

  const sentence = page.locator(".sentence");
  await expect(sentence).toContainText(/By 39 draws of the labels, p\s=\s\.025 after alignment/);
  await page
    .getByLabel("Unit of the numbers in the cells")
    .selectOption({ label: "less Between, anatomical" });
  // Over a cell the cell is told.
  await page.mouse.move(0, 0);
  await expect(page.getByText("less that of Between, anatomical, in points")).toBeVisible();
  await picture(page, "evaluation-less");
  await page.getByLabel("Measure").selectOption("Foretold, R²");
  await expect(page.getByText(/in the subject's own voxels/)).toBeVisible();
  await page.getByLabel("Measure").selectOption("Accuracy");
  await page.getByRole("button", { name: "Statistics", exact: true }).click();
  await expect(page.getByText(/points by Student's t|interval by Student's t/)).toBeVisible();
  await expect(page.getByText(/^Against 1,000 draws \(phases at random\), corrected/)).toBeVisible();
  const first = page.getByRole("button", { name: /^sub-\d+: \+/ }).first();
  await first.press("Enter");
  await expect(first).toHaveAttribute("aria-pressed", "true");
  await page.getByLabel("What is drawn").selectOption("difference");
  await expect(page.getByText(/^Gain: aligned less anatomical: observed/)).toBeVisible();
  await picture(page, "evaluation-statistics");

  await page.getByRole("button", { name: "Similarity", exact: true }).click();
  const before = page.getByRole("figure").filter({ hasText: "Before alignment" });
  const cell = before.getByRole("button", { name: /^house with house: / });
  const after = page.getByRole("figure").filter({ hasText: "After alignment" });
  await expect(cell).toBeVisible();
  await picture(page, "evaluation-similarity");
  // What is chosen in one is chosen in both.
  await cell.click();
  await expect(after.locator(".own-label").first()).toContainText("house");
  await page.getByLabel("Similarity shown").selectOption("Accuracy of pairs");
  await expect(after.getByText(/^Mean over pairs and subjects: 9\d\.\d %\.$/)).toBeVisible();
  await picture(page, "evaluation-pairs");
  await page.getByLabel("Similarity shown").selectOption("Models");
  await expect(after.locator(".ceiling")).toHaveCount(1);
  await expect(after.locator(".dot")).toHaveCount(8);
  await picture(page, "evaluation-models");
  await page.getByLabel("Similarity shown").selectOption("Patterns in a plane");
  await expect(after.locator(".pattern.faded").first()).toBeVisible();
  await picture(page, "evaluation-places");
  await page.getByLabel("Similarity shown").selectOption("Dissimilarity within subjects");
  await expect(page.getByText(/Noise ceiling: /).first()).toBeVisible();
  await page.getByRole("button", { name: "Inspect", exact: true }).click();
  await page.getByLabel("Map", { exact: true }).selectOption("Accuracy around each voxel");
  await expect(page.locator(".colour-bar").getByText(/ %$/)).toBeVisible();
  await expect(page.getByText(/draws on every voxel of the region/)).toBeVisible();
  await picture(page, "evaluation-accuracy-map");
  await page.getByLabel("Map", { exact: true }).selectOption("Correlation above chance");
  const correction = page.getByLabel("Correction for the number of voxels");
  await expect(correction).toHaveValue("max");
  await picture(page, "evaluation-above-chance");
  const found =
    (await page
      .getByText(/^[\d,]+ voxels shown$/)
      .nth(1)
      .textContent()) ?? "";
  expect(Number.parseInt(found, 10)).toBeGreaterThan(500);
  await correction.selectOption("cluster");
  await expect(page.getByText(/^[\d,]+ voxels shown$/).nth(1)).not.toHaveText(found);

  // Once more by another classifier and as many voxels as are best: both side by side.
  await page.getByRole("button", { name: "Align", exact: true }).first().click();
  for (const [card, label] of [
    ["Measures", "Classify in the sphere around each voxel"],
    ["Statistics", "Draw labels anew"],
    ["Statistics", /Hold correlations/],
  ] as const) {
    const field = page.getByLabel(label, { exact: true }).first();
    if (!(await field.isVisible())) await page.getByText(card, { exact: true }).first().click();
    await field.uncheck();
  }
  if (!(await page.getByLabel("Classifier").isVisible()))
    await page.getByText("Test", { exact: true }).first().click();
  await page.getByLabel("Classifier").selectOption("nearest-class-correlation");
  await page.getByText("Method", { exact: true }).first().click();
  await page.getByLabel("choose how many by nested cross-validation").check();
  await expect(page.getByLabel("Numbers of voxels to try")).toHaveValue("250, 500, 1000");
  await page.getByLabel("Numbers of voxels to try").fill("100, 500");
  await picture(page, "evaluation-numbers");
  await page.getByRole("button", { name: "Align and classify" }).click();
  await expect(page.getByRole("button", { name: "See the result" })).toHaveCount(0);
  await page.getByRole("button", { name: "See the result" }).click({ timeout: 60_000 });
  await page.getByRole("button", { name: "Fit", exact: true }).click();
  await expect(page.getByText(/matched in the samples aligned on, by number of voxels\./)).toBeVisible();
  await picture(page, "evaluation-fit");
  await page.getByRole("button", { name: "Beside", exact: true }).click();
  await page.getByLabel("Run beside this one").selectOption({ index: 1 });
  await expect(page.getByText("They differ in selection of voxels, classifier.")).toBeVisible();
  await expect(page.getByRole("table", { name: "Both runs" }).getByRole("row")).toHaveCount(5);
  await picture(page, "evaluation-beside");
  await app.close();
});
