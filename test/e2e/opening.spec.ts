import { rm } from "node:fs/promises";
import { basename } from "node:path";
import { expect, test } from "@playwright/test";
import { tinyStudy, writeStudy } from "../dataset/tiny-study.ts";
import { launch, newUser } from "./launch.ts";

test("a folder handed over at the start is opened, and what was left out of it is left out after a restart", async () => {
  const user = newUser();
  const folder = await writeStudy(tinyStudy());
  const first = await launch(user, { paths: [folder] });
  await expect(first.page.getByRole("heading", { name: basename(folder) })).toBeVisible();
  await expect(first.page.locator("table.runs tbody tr")).toHaveCount(3);
  const box = first.page.getByRole("checkbox", { name: "sub-02" });
  await expect(box).toBeChecked();
  await box.uncheck();
  await expect(first.page.locator(".totals")).toHaveText(/^2 of 3 subjects/);
  await expect(first.page.getByText("Left out by you.")).toBeVisible();
  await first.app.close();

  const second = await launch(user);
  await second.page.getByRole("button", { name: basename(folder), exact: true }).click();
  await expect(second.page.getByRole("checkbox", { name: "sub-02" })).not.toBeChecked();
  await expect(second.page.getByRole("checkbox", { name: "sub-01" })).toBeChecked();
  await second.page.getByRole("button", { name: "Put it back" }).click();
  await second.app.close();

  const third = await launch(user, { paths: [folder] });
  await expect(third.page.getByRole("checkbox", { name: "sub-02" })).toBeChecked();
  await third.app.close();
  await rm(folder, { recursive: true });
});

test("a file that can't be opened and is handed over at the start is told", async () => {
  const folder = await writeStudy({ "text.nii.gz": Buffer.from("<html>not found</html>") });
  const { app, page } = await launch(undefined, { paths: [`${folder}/text.nii.gz`] });
  await expect(page.getByRole("alert").filter({ hasText: "can't be read" })).toBeVisible();
  await app.close();
  await rm(folder, { recursive: true });
});
