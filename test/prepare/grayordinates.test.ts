import { rm } from "node:fs/promises";
import { afterEach, expect, test } from "vitest";
import { Plan } from "#app/contract/plan.ts";
import { bidsReader } from "#app/dataset/bids-reader.ts";
import { type Prepared, prepare } from "#app/prepare/prepare.ts";
import { ciftiFile, ciftiXml } from "#test/dataset/cifti-file.ts";
import { boldOf, type TinyFiles, tinyPlan, tinyStudy, writeStudy } from "#test/dataset/tiny-study.ts";
import { inline } from "#test/run/inline.ts";

const written: string[] = [];

afterEach(async () => {
  for (const folder of written.splice(0)) await rm(folder, { recursive: true, force: true });
});

/** A dense series of twelve volumes whose second column never changes. */
function series(seed: number, xml = ciftiXml): Buffer {
  const values = Array.from({ length: 36 }, (_, at) => (at >= 12 && at < 24 ? 5 : Math.sin(at * 1.7 + seed)));
  return ciftiFile({ values, xml: xml.replace('Points="3"', 'Points="12"').replace('"720"', '"2000"') });
}

function study(): TinyFiles {
  const files = tinyStudy();
  for (const [at, name] of Object.keys(files).entries()) if (name.includes("_bold")) files[name] = series(at);
  return files;
}

async function prepared(files: TinyFiles, changes: Record<string, unknown> = {}): Promise<Prepared> {
  const folder = await writeStudy(files);
  written.push(folder);
  return prepare(await bidsReader.describe(folder), Plan.parse(tinyPlan(folder, changes)), {
    runner: inline,
  });
}

test("prepares grayordinates, without those that never change", async () => {
  const { voxels, dropped, align } = await prepared(study());
  expect(voxels.grid).toMatchObject({ kind: "grayordinates", dimensions: [3, 1, 1] });
  expect([...voxels.indices]).toStrictEqual([0, 2]);
  expect(dropped.constant).toBe(1);
  expect(align.rows).toBe(24);
});

test("does not take the columns of other brain models for the same", async () => {
  const other = { [boldOf("02", "task-a_run-1")]: series(1, ciftiXml.replace("7 11", "7 10")) };
  await expect(prepared({ ...study(), ...other })).rejects.toThrow(
    "sub-01 task-a_run-1 and sub-02 task-a_run-1, whose columns are not the same vertices or voxels",
  );
});

test("refuses a mask in a volume as the region", async () => {
  const region = { kind: "mask", path: "masks/desc-two_mask.nii.gz" };
  await expect(prepared(study(), { region })).rejects.toMatchObject({ code: "region/not-volume" });
});
