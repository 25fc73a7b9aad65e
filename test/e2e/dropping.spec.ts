import { rm } from "node:fs/promises";
import { basename, join } from "node:path";
import { expect, test } from "@playwright/test";
import { boldOf, tinyStudy, writeStudy } from "../dataset/tiny-study.ts";
import { drag } from "./drag.ts";
import { launch } from "./launch.ts";

test("a folder dropped on the window is opened, then another; what can't be opened says why and leaves what is open", async () => {
  const [first, second] = [await writeStudy(tinyStudy()), await writeStudy(tinyStudy())];
  const page404 = await writeStudy({ "text.nii.gz": Buffer.from("<html>not found</html>") });
  const { app, page } = await launch();
  await expect(page.getByRole("heading", { name: "Open a study" })).toBeVisible();

  const dragged = await drag(page, [first]);
  await expect(page.locator(".frame.dragging")).toBeVisible();
  await page.screenshot({ path: "test-results/dropping.png" });
  await dragged.drop();
  await expect(page.getByRole("heading", { name: basename(first) })).toBeVisible();
  await expect(page.locator(".frame.dragging")).toHaveCount(0);
  await expect(page.locator("table.runs tbody tr")).toHaveCount(3);

  await page.getByRole("button", { name: "Align", exact: true }).first().click();
  await (await drag(page, [second])).drop();
  await expect(page.getByRole("heading", { name: basename(second) })).toBeVisible();
  await expect(page.locator("table.runs tbody tr")).toHaveCount(3);

  await (await drag(page, [join(page404, "text.nii.gz")])).drop();
  await expect(page.getByRole("alert").filter({ hasText: "text.nii.gz can't be read" })).toBeVisible();
  await expect(page.getByRole("heading", { name: basename(second) })).toBeVisible();
  await page.screenshot({ path: "test-results/dropping-refused.png" });

  const images = ["01", "02"].map((subject) => join(second, boldOf(subject, "task-a_run-1")));
  await (await drag(page, images)).drop();
  await expect(page.getByRole("alert")).toHaveText(
    "▲ 2 files were dropped at once, and one dataset is open at a time. Drop the folder that holds them, or one of them.",
  );
  await app.close();
  for (const folder of [first, second, page404]) await rm(folder, { recursive: true });
});
