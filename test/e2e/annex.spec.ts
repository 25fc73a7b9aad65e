import { spawnSync } from "node:child_process";
import { readdir } from "node:fs/promises";
import { expect, test } from "@playwright/test";
import { temporaryFolder } from "#test/temporary-folder.ts";
import { TinyAnnex } from "../annex/tiny-annex.ts";
import { boldOf, type TinyFiles, type TinyImage } from "../dataset/tiny-study.ts";
import { answerDialog, launch } from "./launch.ts";
import { picture } from "./picture.ts";

const subjects = ["01", "02", "03", "04", "05", "06", "07", "08"];
const runs = ["task-a_run-1", "task-a_run-2"];
const VOLUMES = 96;
/** Faces and houses by turns, 6 s each. */
const events = Array.from(
  { length: VOLUMES / 3 },
  (_, at) => `${6 * at}\t6\t${at % 2 === 0 ? "face" : "house"}\n`,
);

/** 8 × 8 × 4 voxels of noise, half of which rise for faces and half for houses. */
function image(seed: number): TinyImage {
  const dimensions = [8, 8, 4] as const;
  let state = seed * 7919 + 1;
  const noise = () => {
    state = (state * 48271) % 2147483647;
    return state / 2147483647;
  };
  const values = Array.from({ length: 256 * VOLUMES }, (_, at) => {
    const isFace = Math.floor(Math.floor(at / 256) / 3) % 2 === 0;
    return 100 + 10 * noise() + ((at % 2 === 0) === isFace ? 3 : 0);
  });
  return { dimensions, volumes: VOLUMES, values };
}

test.skip(spawnSync("git-annex", ["version", "--raw"]).status !== 0, "git-annex is not installed");

test("two of eight subjects are here, two more are downloaded in the window, and four are analysed", async () => {
  test.setTimeout(180_000);
  const files: TinyFiles = { "task-a_events.tsv": `onset\tduration\ttrial_type\n${events.join("")}` };
  for (const [at, subject] of subjects.entries())
    for (const [run, name] of runs.entries()) files[boldOf(subject, name)] = image(2 * at + run);
  const annex = await TinyAnnex.make(files, ["sub-01", "sub-02"]);
  annex.server.manner = { kind: "slow", bytesPerTick: 1500 };
  const { app, page } = await launch(undefined, { env: { CONCORD_TEST_LOOPBACK: "1" } });

  await page.getByRole("button", { name: "Get a dataset…" }).click();
  await expect(page.getByRole("dialog", { name: "Get a dataset" }).getByRole("radio").first()).toBeVisible();
  await picture(page, "annex-get-dataset");
  await page.keyboard.press("Escape");

  await answerDialog(app, annex.clone);
  await page.getByRole("button", { name: "Open a folder…" }).click();
  const rows = page.locator("table.runs tbody tr");
  await expect(rows).toHaveCount(8);
  await expect(rows.getByText("● ready")).toHaveCount(0);
  const ready = page.locator("table.runs tbody tr:not(.left-out)");
  await expect(ready).toHaveCount(2);
  await expect(rows.getByText("not downloaded")).toHaveCount(12);
  const panel = page.getByRole("region", { name: "Download" });
  await expect(panel).toContainText(/6 of 8 subjects are known by name only, \d+ [kM]B in all\./);
  await expect(panel.getByRole("listitem")).toHaveCount(6);
  await expect(panel.getByRole("listitem").first()).toHaveText(/^sub-03\d+ kB$/);
  await panel.getByRole("checkbox", { name: "sub-03" }).check();
  await panel.getByRole("checkbox", { name: "sub-06" }).check();
  await picture(page, "annex-partly");

  await panel.getByRole("button", { name: /^Download \d+ kB$/ }).click();
  await expect(panel.getByText(/file 2 of 4/)).toBeVisible({ timeout: 30_000 });
  await picture(page, "annex-downloading");
  await panel.getByRole("button", { name: "Pause" }).click();
  await expect(panel.getByText(/paused, what arrived is kept/)).toBeVisible();
  await picture(page, "annex-paused");
  await panel.getByRole("button", { name: "Go on" }).click();
  await expect(rows.getByText("not downloaded")).toHaveCount(8, { timeout: 60_000 });
  await expect(ready).toHaveCount(4);
  await expect(page.locator(".totals")).toHaveText(/^4 of 8 subjects · 2 of 2 runs · 768 volumes/);
  expect(annex.server.asked.filter((line) => / \d+-$/.test(line)).length).toBeGreaterThan(0);
  await picture(page, "annex-four");

  await page.getByRole("button", { name: "Align", exact: true }).first().click();
  await page.getByRole("button", { name: "Align and classify" }).click();
  await page.getByRole("button", { name: "See the result" }).click({ timeout: 60_000 });
  await expect(page.locator(".sentence")).toHaveText(/anatomy .* after alignment; chance is 50.0 %\.$/);
  await expect(page.getByRole("button", { name: "Export and table of Accuracy, 4 subjects" })).toBeVisible();
  await app.close();
  await annex.remove();
});

test("a dataset is cloned by its address in the window, from its terms to the subjects to download", async () => {
  test.setTimeout(120_000);
  const files: TinyFiles = { "task-a_events.tsv": `onset\tduration\ttrial_type\n${events.join("")}` };
  for (const [at, subject] of ["01", "02", "03"].entries())
    files[boldOf(subject, "task-a_run-1")] = image(at);
  const annex = await TinyAnnex.make(files, []);
  const home = temporaryFolder("home");
  const { app, page } = await launch(undefined, { env: { CONCORD_TEST_LOOPBACK: "1" } });
  await answerDialog(app, home);

  await expect(page.getByRole("button", { name: "Get a dataset…" })).toBeEnabled();
  await page.keyboard.press("Control+Shift+G");
  const dialog = page.getByRole("dialog", { name: "Get a dataset" });
  const get = dialog.getByRole("button", { name: "Choose a folder and get it…" });
  await dialog.getByRole("textbox").fill("https://192.168.0.1/dataset");
  await expect(dialog).toContainText("Every dataset has terms of its own");
  await expect(get).toBeDisabled();
  await dialog.getByRole("checkbox").check();
  await get.click();
  await expect(dialog.getByRole("alert")).toContainText("192.168.0.1");
  await picture(page, "annex-clone-refused");
  expect(await readdir(home)).toStrictEqual([]);

  // What it asks for after the list of branches is never answered.
  annex.server.answer = ({ url = "" }) => url.includes("/objects/");
  await dialog.getByRole("textbox").fill(`${annex.server.address}/origin.git`);
  // Other terms are to be read anew.
  await expect(get).toBeDisabled();
  await dialog.getByRole("checkbox").check();
  await get.click();
  await expect(dialog.getByRole("progressbar")).toBeVisible();
  await picture(page, "annex-cloning");
  await dialog.getByRole("button", { name: "Stop" }).click();
  await expect(get).toBeEnabled();
  await expect(dialog.getByRole("alert")).toHaveCount(0);
  expect(await readdir(home)).toStrictEqual([]);

  annex.server.answer = null;
  await get.click();
  await expect(dialog).toHaveCount(0, { timeout: 60_000 });
  await expect(page.getByRole("heading", { name: "origin", exact: true })).toBeVisible();
  expect(await readdir(home)).toStrictEqual(["origin"]);
  const panel = page.getByRole("region", { name: "Download" });
  await expect(panel.getByRole("listitem")).toHaveCount(3);
  await expect(page.locator("table.runs").getByText("not downloaded")).toHaveCount(3);
  await panel.getByRole("checkbox", { name: "sub-02" }).check();
  await panel.getByRole("button", { name: /^Download \d+ kB$/ }).click();
  await expect(page.locator("table.runs").getByText("not downloaded")).toHaveCount(2, { timeout: 30_000 });
  await app.close();
  await annex.remove();
});
