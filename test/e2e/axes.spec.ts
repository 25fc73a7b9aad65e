import { copyFile, mkdir, readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "@playwright/test";
import { temporaryFolder } from "#test/temporary-folder.ts";
import { npyBytes } from "../dataset/arrays/npy-bytes.ts";
import { fixtures } from "../dataset/fixtures.ts";
import { sharedFolder } from "../shared.ts";
import { answerDialog, launch } from "./launch.ts";

test("asks which axis of an array is time, and knows it the next time", async () => {
  test.skip(sharedFolder === null, "the reference data (../shared) are absent");
  const folder = temporaryFolder("axes");
  const file = join(folder, "f4_C.npy");
  await copyFile(join(fixtures, "arrays", "f4_C.npy"), file);
  const { app, page } = await launch();
  await answerDialog(app, file);
  await page.getByRole("button", { name: "Open a file…" }).click();
  const dialog = page.getByRole("dialog", { name: "Which axis is time?" });
  await expect(dialog.getByText("12 volumes of 20 voxels.")).toBeVisible();
  await dialog.getByLabel("Axis 1, 12 long").selectOption("voxels");
  await expect(dialog.getByText("20 volumes of 12 voxels.")).toBeVisible();
  // By the keys alone.
  await dialog.getByLabel("Axis 1, 12 long").focus();
  await page.keyboard.press("ArrowUp");
  await expect(dialog.getByText("12 volumes of 20 voxels.")).toBeVisible();
  await dialog.getByLabel("Repetition time").fill("1.5");
  for (const colorScheme of ["light", "dark"] as const) {
    await page.emulateMedia({ colorScheme });
    await page.screenshot({ path: `test-results/axes-${colorScheme}.png` });
  }
  await dialog.getByRole("button", { name: "Open as this" }).focus();
  await page.keyboard.press("Enter");
  await expect(dialog).toBeHidden();
  const row = page.locator("table.runs tbody tr");
  await expect(row).toHaveCount(1);
  await expect(row).toContainText("sub-01");
  expect(await readFile(`${file}_concord.tsv`, "utf8")).toContain(
    "f4_C.npy\tsub-01\tf4_C\t:time,voxels\t1.5",
  );

  await page.getByRole("button", { name: "Open a file…" }).click();
  await expect(page.getByText(/is read from f4_C\.npy_concord\.tsv beside them/)).toBeVisible();
  await row.getByRole("button").first().click();
  await expect(page.locator("aside dl")).toContainText("1.5 s");
  await expect(page.locator("aside dl")).toContainText("12");
  await app.close();
  await rm(folder, { recursive: true, force: true });
});

test("asks once for a folder of one array a subject, and says why a table is not written", async () => {
  const folder = join(temporaryFolder("axes"), "data");
  await mkdir(folder);
  const long =
    "of_an_experiment_whose_name_says_all_that_was_ever_done_in_it_and_more_than_fits_in_the_window";
  for (const [subject, voxels] of [30, 28, 31].entries()) {
    const values = Array.from({ length: 12 * voxels }, (_, i) => Math.sin(i * (subject + 1)));
    await writeFile(join(folder, `${long}_subject_${subject + 1}.npy`), npyBytes([12, voxels], values));
  }
  const { app, page } = await launch();
  await answerDialog(app, folder);
  await page.getByRole("button", { name: "Open a folder…" }).click();
  const dialog = page.getByRole("dialog", { name: "Which axis is time?" });
  await expect(dialog.getByText("3 arrays, in each 12 volumes of 28 to 31 voxels.")).toBeVisible();
  await page.screenshot({ path: "test-results/axes-folder.png" });
  await writeFile(`${folder}_concord.tsv`, "mine\n");
  await dialog.getByRole("button", { name: "Open as this" }).click();
  await expect(dialog.getByRole("alert")).toContainText(
    "data_concord.tsv exists already and says otherwise.",
  );
  await page.screenshot({ path: "test-results/axes-refused.png" });
  expect(await readFile(`${folder}_concord.tsv`, "utf8")).toBe("mine\n");
  await rm(`${folder}_concord.tsv`);
  await dialog.getByRole("button", { name: "Open as this" }).click();
  await expect(page.locator("table.runs tbody tr")).toHaveCount(3);
  await app.close();
  await rm(join(folder, ".."), { recursive: true, force: true });
});
