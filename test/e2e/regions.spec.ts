import { rm } from "node:fs/promises";
import { expect, test } from "@playwright/test";
import { tinyStudy, writeStudy } from "../dataset/tiny-study.ts";
import { answerDialog, launch } from "./launch.ts";

const LONG_NAME = "7Networks_LH_DorsalAttention_PosteriorOfAllThatIsCalledPosteriorInAnyAtlas_1";

test("picks regions of an atlas by name, a sphere, and parcels that no tested run made", async () => {
  const folder = await writeStudy({
    ...tinyStudy(),
    "atlases/three_dseg.nii.gz": { dimensions: [2, 2, 1], values: [1, 2, 2, 1000] },
    "atlases/three_dseg.tsv": `index\tname\n1\tV1\n2\t${LONG_NAME}\n1000\tHippocampus\n`,
  });
  const { app, page } = await launch();
  await answerDialog(app, folder);
  await page.getByRole("button", { name: "Open a folder…" }).click();
  await expect(page.locator("table.runs tbody tr")).toHaveCount(3);
  await page.getByRole("button", { name: "Align", exact: true }).first().click();
  await page.getByText("Region", { exact: true }).click();

  await page.getByRole("button", { name: "Atlas" }).click();
  await expect(page.getByText("Names from three_dseg.tsv")).toBeVisible();
  await expect(page.getByRole("list", { name: "Regions" }).getByRole("listitem")).toHaveCount(3);
  await expect(page.getByText("No label of atlases/three_dseg.nii.gz is chosen.")).toBeVisible();
  await page.getByLabel("Search regions").fill("hippo");
  await page.getByRole("button", { name: "All" }).focus();
  await page.keyboard.press("Enter");
  await page.getByLabel("Search regions").fill("");
  await page.getByRole("checkbox", { name: /^7Networks/ }).focus();
  await page.keyboard.press("Space");
  await expect(page.getByText("2 of 3 chosen, 3 voxels in the brain")).toBeVisible();
  await expect(page.getByText("3 voxels of 2 regions of three_dseg.nii.gz")).toBeVisible();
  await page.screenshot({ path: "test-results/region-atlas.png" });

  await page.getByRole("button", { name: "Sphere" }).click();
  await page.getByLabel("Radius of the sphere, mm").fill("3");
  await expect(page.getByText("3 voxels of 3 mm around 0, 0, 0 mm")).toBeVisible();
  await page.screenshot({ path: "test-results/region-sphere.png" });

  await page.getByRole("button", { name: "Parcels" }).click();
  await expect(page.getByText(/This protocol tests every run/)).toBeVisible();
  await page.getByText("Test", { exact: true }).click();
  await page.getByLabel("Protocol").selectOption("fit-test");
  await page.getByLabel("parcels", { exact: true }).fill("2");
  await expect(page.getByText("at most 4 voxels of all of 2 Ward parcels")).toBeVisible();
  await page.getByRole("button", { name: "Make the parcels" }).click();
  await expect(page.getByRole("list", { name: "Parcels" }).getByRole("listitem")).toHaveCount(2);
  await page.getByRole("checkbox", { name: "parcel 1" }).uncheck();
  await expect(page.getByText(/^[123] voxels of 1 of 2 Ward parcels/)).toBeVisible();
  await page.screenshot({ path: "test-results/region-parcels.png" });
  await app.close();
  await rm(folder, { recursive: true, force: true });
});
