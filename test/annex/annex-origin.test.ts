import { createHash } from "node:crypto";
import { existsSync } from "node:fs";
import { lstat, readFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { annexStatus } from "#app/annex/annex-status.ts";
import { fetchFiles } from "#app/annex/fetch-files.ts";
import { AnnexOrigin, canMakeOrigin } from "./annex-origin.ts";

const long = "denoise_crop_smooth6mm_task-sherlockPart1_space-MNI152NLin2009cAsym_desc-preproc_bold";
const image = (subject: string, extension = "nii.gz") =>
  `fmriprep/sub-${subject}/func/sub-${subject}_${long}.${extension}`;
const film = "stimuli/caf\u00e9 film.m4v";
const loopback = { allowLoopback: true, waitsMs: [10, 10, 10] };

describe.skipIf(!canMakeOrigin)("a git-annex origin on this machine", () => {
  let origin: AnnexOrigin;
  beforeAll(async () => {
    origin = await AnnexOrigin.make();
  }, 120_000);
  afterAll(() => origin?.remove());

  test("tells the state of every file", async () => {
    const status = await annexStatus(join(origin.folder, "dataset"));
    const states = Object.fromEntries(status.files.map(({ path, state }) => [path, state]));
    console.log(states, status.subjects, status.uninstalled);
    for (const name of ["fresh", "unlocked", "hidden", "nosymlinks"]) {
      console.log(
        name,
        (await annexStatus(join(origin.folder, `dataset-${name}`))).files.map(({ state }) => state).join(),
      );
    }
    console.log(
      "zip",
      (await annexStatus(join(origin.folder, "zip-export"))).files.map(({ state }) => state).join(),
    );
  });

  test.each(["dataset", "dataset-fresh", "dataset-unlocked", "dataset-hidden", "dataset-nosymlinks"])(
    "fetch %s",
    async (name) => {
      const folder = origin.copy(name);
      const status = await annexStatus(folder);
      const outcome = await fetchFiles(
        folder,
        status.files.map(({ path }) => path),
        { ...loopback, verify: true },
      );
      console.log(JSON.stringify(outcome, null, 1));
      const after = await annexStatus(folder);
      console.log(after.files.map(({ state }) => state).join());
      for (const args of [
        ["annex", "fsck", "--fast"],
        ["annex", "fsck"],
        ["annex", "whereis"],
        ["status", "--short"],
      ]) {
        try {
          console.log(args.join(" "), origin.git(folder, ...args));
        } catch (e) {
          console.log(args.join(" "), (e as any).stdout, (e as any).stderr);
        }
      }
    },
  );
});
