import { writeFile } from "node:fs/promises";
import { basename, join } from "node:path";
import { gzipSync } from "node:zlib";
import { type ElectronApplication, expect, type Page, test } from "@playwright/test";
import { boldOf, niftiBytes, type TinyFiles, tinyStudy, varying, writeStudy } from "../dataset/tiny-study.ts";
import { answerDialog, launch, newUser } from "./launch.ts";
import { picture } from "./picture.ts";

const first = boldOf("01", "task-a_run-1");

async function open(app: ElectronApplication, page: Page, files: TinyFiles): Promise<string> {
  const study = await writeStudy(files);
  await page.getByRole("button", { name: "Open", exact: true }).click();
  await answerDialog(app, study);
  await page.getByRole("button", { name: "Open a folder…" }).click();
  return study;
}

async function expectTold(page: Page, sentences: string | RegExp): Promise<void> {
  await expect(page.getByRole("alert").filter({ hasText: sentences })).toBeVisible();
}

test("the window tells what is wrong with bad input and what to do, beside the place it is about", async () => {
  const user = newUser();
  // What runs leave behind can't be written below a file.
  await writeFile(join(user, "runs"), "");
  const { app, page } = await launch(user);

  const empty = await open(app, page, {});
  await expectTold(page, `No functional images were found in ${empty}. Choose a folder with sub-* folders`);

  const { "task-a_events.tsv": _events, ...silent } = tinyStudy();
  const claims = niftiBytes(varying(12, 1));
  claims.writeInt16LE(30_000, 48);
  const { [first]: _first, ...others } = tinyStudy();
  const none = { dimensions: [2, 2, 1] as const, values: [0, 0, 0, 0] };
  const oneClass = "onset\tduration\ttrial_type\n0\t4\tface\n6\t4\tface\n12\t4\tface\n";
  const spoiled: readonly [TinyFiles, RegExp][] = [
    [
      { [first]: varying(12, 1) },
      /holds one subject only, and alignment needs at least two\. Choose a folder/,
    ],
    [
      { ...others, [first.replace(".gz", "")]: claims },
      /ends early: its header promises 480352 bytes .* Fetch/,
    ],
    [
      { ...tinyStudy(), [first]: { ...varying(12, 1), tr: 1.5 } },
      /repetition time differs .* Leave out the runs/,
    ],
    [
      { ...tinyStudy(), "masks/desc-two_mask.nii.gz": none },
      /covers no voxel that every subject has\. Choose/,
    ],
    [
      { ...tinyStudy(), "task-a_events.tsv": oneClass },
      /carry fewer than two labels\. Choose another column/,
    ],
    [silent, /No events file belongs to task-a_run-1 of sub-01\. Add the \*_events\.tsv file/],
  ];
  for (const [files, sentences] of spoiled) {
    const study = await open(app, page, files);
    await expect(page.getByRole("heading", { name: basename(study) })).toBeVisible();
    await page.getByRole("button", { name: "Align", exact: true }).first().click();
    await expectTold(page, sentences);
    await expect(page.getByRole("button", { name: "Align and classify" })).toBeDisabled();
  }

  const damaged = gzipSync(niftiBytes(varying(12, 1)));
  damaged.fill(0xff, 200, 260);
  await open(app, page, { ...tinyStudy(), [first]: damaged });
  await expect(
    page.getByText(/is damaged and can't be unpacked\. Fetch the file again\. Or leave out the run\./),
  ).toBeVisible();

  await open(app, page, tinyStudy());
  await page.getByRole("button", { name: "Align", exact: true }).first().click();
  const start = page.getByRole("button", { name: "Align and classify" });
  await page.getByText("Method", { exact: true }).first().click();
  await page.getByLabel("Method of alignment").selectOption("hyperalignment");
  await expect(start).toBeEnabled();
  const iterations = page.getByLabel("Level 2 iterations");
  await iterations.fill("");
  await expectTold(page, "Give a whole number from 0 to 20.");
  await expect(start).toBeDisabled();
  await expectTold(page, "The method can't take what Level 2 iterations (level2Iterations) is set to.");
  await picture(page, "field-wrong");
  await iterations.fill("2");
  await expect(start).toBeEnabled();
  await start.click();
  await expectTold(page, /can't be written to\. Choose a folder you may write in\./);
  await app.close();
});
