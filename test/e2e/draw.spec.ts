import { rm } from "node:fs/promises";
import { join } from "node:path";
import { type ElectronApplication, expect, type Page, test } from "@playwright/test";
import { readVolume } from "#app/dataset/nifti-voxels.ts";
import { boldOf, type TinyImage, tinyEvents, writeStudy } from "../dataset/tiny-study.ts";
import { answerDialog, launch } from "./launch.ts";

/** Voxels of 6 mm over the middle of the template. */
const dimensions = [20, 24, 20] as const;
const brain = (volumes: number, value: (voxel: number, row: number) => number): TinyImage => {
  const voxels = dimensions.reduce((product, extent) => product * extent, 1);
  const values = Array.from({ length: voxels * volumes }, (_, at) =>
    value(at % voxels, Math.floor(at / voxels)),
  );
  return { dimensions, volumes, values, voxel: [6, 6, 6], origin: [-57, -90, -50] };
};

async function study(): Promise<string> {
  const bold = (seed: number) =>
    brain(12, (voxel, row) => 100 + 10 * Math.sin((row + 1) * (voxel + 1.3) + seed));
  return writeStudy({
    "task-a_events.tsv": tinyEvents,
    "masks/desc-two_mask.nii.gz": brain(1, (voxel) => (voxel === 4210 || voxel === 4211 ? 1 : 0)),
    ...Object.fromEntries(
      ["01", "02"].flatMap((subject, at) =>
        [1, 2].map((run) => [boldOf(subject, `task-a_run-${run}`), bold(at + 3 * run)]),
      ),
    ),
  });
}

async function answerSave(app: ElectronApplication, path: string | null): Promise<void> {
  await app.evaluate(({ dialog }, chosen) => {
    const answered: string[] = [];
    Object.assign(globalThis, { answered });
    dialog.showSaveDialog = (async (options: { defaultPath?: string }) => {
      answered.push(options.defaultPath ?? "");
      return { canceled: chosen === null, filePath: chosen ?? "" };
    }) as unknown as typeof dialog.showSaveDialog;
  }, path);
}

/** Over the leftmost slice, by shares of the canvas. */
async function drag(
  page: Page,
  from: readonly [number, number],
  to: readonly [number, number],
): Promise<void> {
  const box = await page.getByLabel("Slices to draw on").boundingBox();
  if (box === null) throw new Error("no canvas");
  const place = ([x, y]: readonly [number, number]) =>
    [box.x + x * box.width, box.y + y * box.height] as const;
  await page.mouse.move(...place(from));
  await page.mouse.down();
  await page.mouse.move(...place(to), { steps: 5 });
  await page.mouse.up();
}

const voxels = (page: Page) =>
  page
    .locator(".draw output")
    .textContent()
    .then((text) => Number.parseInt((text ?? "").replaceAll(",", ""), 10));

test("a region is drawn on the brain, saved beside the masks and taken by the Plan", async () => {
  // Without a graphics card a brain takes seconds, and this opens three.
  test.setTimeout(180_000);
  const folder = await study();
  const { app, page } = await launch();
  // What closes after a failure is not asked.
  await app.evaluate(({ dialog }) => {
    dialog.showMessageBoxSync = () => 1;
  });
  await answerDialog(app, folder);
  await page.getByRole("button", { name: "Open a folder…" }).click();
  await expect(page.locator("table.runs tbody tr")).toHaveCount(2);
  await page.getByRole("button", { name: "Align", exact: true }).first().click();
  await page.getByText("Region", { exact: true }).click();
  await page.getByRole("button", { name: "Brain", exact: true }).click();
  await page.getByRole("button", { name: "Draw…" }).click();
  await expect(page.getByText("Reading the brain.")).toBeHidden({ timeout: 60_000 });

  await page.getByRole("button", { name: "Save the mask…" }).click();
  await expect(page.getByText(/An empty drawing can't be saved/)).toBeVisible();

  await page.keyboard.press("]");
  await expect(page.getByRole("button", { name: "2", exact: true })).toHaveAttribute("aria-pressed", "true");
  await drag(page, [0.14, 0.4], [0.2, 0.5]);
  await expect.poll(() => voxels(page)).toBeGreaterThan(9);
  const first = await voxels(page);
  // A brush three voxels wide in one slice of the images: few.
  expect(first).toBeLessThan(60);

  await page.getByRole("button", { name: "Filled pen" }).click();
  await drag(page, [0.1, 0.6], [0.22, 0.6]);
  await expect.poll(() => voxels(page)).toBeGreaterThan(first);
  const second = await voxels(page);
  await page.keyboard.press("e");
  await drag(page, [0.14, 0.4], [0.2, 0.5]);
  await expect.poll(() => voxels(page)).toBe(second - first);
  await page.keyboard.press("Control+z");
  await expect.poll(() => voxels(page)).toBe(second);
  for (const colorScheme of ["light", "dark"] as const) {
    await page.emulateMedia({ colorScheme });
    await page.waitForTimeout(600);
    await page.screenshot({ path: `test-results/draw-${colorScheme}.png` });
  }

  // Another place and back: nothing is lost; and closing asks.
  await page.keyboard.press("Control+1");
  await page.keyboard.press("Control+2");
  await expect.poll(() => voxels(page), { timeout: 60_000 }).toBe(second);
  await page.getByRole("button", { name: "Close", exact: true }).click();
  await expect(page.getByText("The drawing is not saved.")).toBeVisible();
  await page.screenshot({ path: "test-results/draw-closing.png" });
  await page.getByRole("button", { name: "Go on drawing" }).click();

  await app.evaluate(({ dialog, BrowserWindow }) => {
    const asked: string[] = [];
    Object.assign(globalThis, { asked });
    dialog.showMessageBoxSync = ((_: unknown, options: { message: string }) => {
      asked.push(options.message);
      return 0;
    }) as unknown as typeof dialog.showMessageBoxSync;
    BrowserWindow.getAllWindows()[0]?.close();
  });
  await expect
    .poll(() => app.evaluate(() => Reflect.get(globalThis, "asked")))
    .toStrictEqual(["A drawn region is not saved."]);

  await answerSave(app, null);
  await page.getByRole("button", { name: "Save the mask…" }).click();
  await expect(page.getByText("Draw a region")).toBeVisible();
  const saved = join(folder, "masks", "desc-drawn_mask.nii.gz");
  expect(await app.evaluate(() => Reflect.get(globalThis, "answered"))).toStrictEqual([saved]);
  await answerSave(app, join(folder, "masks", "desc-drawn_mask"));
  await page.getByRole("button", { name: "Save the mask…" }).click();
  await expect(page.getByText(`${second} voxels of desc-drawn_mask.nii.gz`)).toBeVisible();
  // All in the one axial slice that was drawn on: the template's middle, 22 mm up.
  const { header, values } = await readVolume(saved);
  expect(header.grid.dimensions).toStrictEqual([...dimensions]);
  const inside = [...values.keys()].filter((voxel) => values[voxel] === 1);
  expect(inside).toHaveLength(second);
  expect(new Set(inside.map((voxel) => Math.floor(voxel / 480)))).toStrictEqual(new Set([12]));
  await page.screenshot({ path: "test-results/draw-saved.png" });

  // A mask is what the next drawing starts from.
  await page.getByText("Region", { exact: true }).click();
  await page.getByRole("button", { name: "Draw…" }).click();
  await expect(page.getByText("Started from desc-drawn_mask.nii.gz.")).toBeVisible({ timeout: 60_000 });
  expect(await voxels(page)).toBe(second);
  await page.screenshot({ path: "test-results/draw-again.png" });
  await page.getByRole("button", { name: "Close", exact: true }).click();
  await expect(page.getByRole("heading", { name: "Align" })).toBeVisible();
  await app.close();
  await rm(folder, { recursive: true, force: true });
});
