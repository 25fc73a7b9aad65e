import { copyFile, mkdir, mkdtemp, rename, rm, writeFile } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import { writingFault } from "#app/contract/writing-fault.ts";
import { niftiImage } from "#app/results/nifti-image.ts";
import { blocksOf, design } from "./example-design.ts";
import { regionFile } from "./example-plan.ts";
import { type ExampleSubject, exampleRun, exampleSubject } from "./example-subject.ts";
import { exampleGrid, exampleMasks } from "./ventral-temporal.ts";

const SPACE = "space-MNI152NLin2009aSym";
const TASK = "task-objects";

interface Options {
  readonly seed: number;
  /** The T1w template, which becomes the study's background. */
  readonly templatePath: string;
  readonly onProgress?: (done: number, total: number) => void;
}

/**
 * Writes the example study as fMRIPrep would: beside its place, and moved there when it is whole.
 * How the data are made stands in docs/example-study.md. @throws Fault results/read-only, results/disk-full
 */
export async function writeExampleStudy(
  folder: string,
  { seed, templatePath, onProgress }: Options,
): Promise<void> {
  await mkdir(dirname(folder), { recursive: true });
  const part = await mkdtemp(join(dirname(folder), `.${basename(folder)}.part-`));
  try {
    await writeStudyFiles(part, templatePath);
    const masks = exampleMasks();
    for (let subject = 1; subject <= design.subjects; subject++) {
      const about = exampleSubject(seed, subject, masks.brain, masks.region);
      await writeSubject(part, seed, subject, about, masks.brain);
      onProgress?.(subject, design.subjects);
    }
    await rename(part, folder);
  } catch (error) {
    await rm(part, { recursive: true, force: true });
    throw writingFault(error, folder);
  }
}

async function writeStudyFiles(folder: string, templatePath: string): Promise<void> {
  await mkdir(join(folder, "masks"));
  await writeJson(join(folder, "dataset_description.json"), {
    Name: "Concord example study (simulated)",
    BIDSVersion: "1.9.0",
    DatasetType: "derivative",
    License: "CC0",
    GeneratedBy: [{ Name: "Concord", Description: "Simulated data: docs/example-study.md" }],
  });
  const ids = Array.from({ length: design.subjects }, (_, at) => subjectName(at + 1));
  await writeFile(join(folder, "participants.tsv"), `participant_id\n${ids.join("\n")}\n`);
  await copyFile(templatePath, join(folder, `${SPACE}_T1w.nii.gz`));
  await writeFile(join(folder, regionFile), await maskImage(exampleMasks().region));
}

async function writeSubject(
  folder: string,
  seed: number,
  subject: number,
  about: ExampleSubject,
  brain: Uint8Array,
): Promise<void> {
  const func = join(folder, subjectName(subject), "func");
  await mkdir(func, { recursive: true });
  for (let run = 1; run <= design.runs; run++) {
    const name = `${subjectName(subject)}_${TASK}_run-${run}`;
    const image = join(func, `${name}_${SPACE}_res-3_desc-preproc_bold`);
    await writeFile(`${image}.nii.gz`, await boldImage(exampleRun(seed, subject, run, about), about.voxels));
    await writeJson(`${image}.json`, { RepetitionTime: design.repetitionTimeSeconds, TaskName: "objects" });
    await writeFile(join(func, `${name}_${SPACE}_res-3_desc-brain_mask.nii.gz`), await maskImage(brain));
    await writeFile(join(func, `${name}_events.tsv`), eventsTable(seed, run));
  }
}

function boldImage(values: Float32Array, voxels: Int32Array): Promise<Buffer> {
  const [nx, ny, nz] = exampleGrid.dimensions;
  const { volumes, repetitionTimeSeconds } = design;
  return niftiImage({ grid: exampleGrid, volumes, type: "int16", repetitionTimeSeconds }, (at) => {
    const volume = new Int16Array(nx * ny * nz);
    voxels.forEach((place, voxel) => {
      volume[place] = Math.round(values[at * voxels.length + voxel] as number);
    });
    return volume;
  });
}

function maskImage(mask: Uint8Array): Promise<Buffer> {
  return niftiImage(
    { grid: exampleGrid, volumes: 1, type: "uint8", repetitionTimeSeconds: null },
    () => mask,
  );
}

function eventsTable(seed: number, run: number): string {
  const rows = blocksOf(seed, run).map(
    ({ onset, condition }) => `${onset}\t${design.blockSeconds}\t${condition}`,
  );
  return `onset\tduration\ttrial_type\n${rows.join("\n")}\n`;
}

function subjectName(subject: number): string {
  return `sub-${String(subject).padStart(2, "0")}`;
}

function writeJson(path: string, value: unknown): Promise<void> {
  return writeFile(path, `${JSON.stringify(value, null, 2)}\n`);
}
