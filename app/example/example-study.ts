import { copyFile, mkdir, mkdtemp, rename, rm, writeFile } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import type { Grid } from "#app/contract/dataset.ts";
import { writingFault } from "#app/contract/writing-fault.ts";
import { niftiImage } from "#app/results/nifti-image.ts";
import { blocksOf, design } from "./example-design.ts";
import { film, filmRun, scenesOf } from "./example-film.ts";
import { regionFile, respondingFile } from "./example-plan.ts";
import { type ExampleSubject, exampleRun, exampleSubject } from "./example-subject.ts";
import type { ExampleVolume } from "./example-volume.ts";
import { ventralTemporal } from "./ventral-temporal.ts";
import { wholeBrain } from "./whole-brain.ts";

const SPACE = "space-MNI152NLin2009aSym";

/** What an example is of: objects in blocks, a film in two halves, or the same film in whole brains. */
export type ExampleKind = "objects" | "film" | "whole-brain";

/** How large whole brains are, for tests that have no time for more. */
export interface BrainSize {
  readonly subjects: number;
  /** Of the radii. */
  readonly scale: number;
}

interface Study {
  readonly name: string;
  readonly subjects: number;
  /** BIDS's names of the runs. */
  readonly runs: readonly string[];
  readonly volumes: number;
  readonly repetitionTimeSeconds: number;
  readonly volume: (seed: number) => ExampleVolume;
  /** The mask of what responds. */
  readonly mask: string;
  readonly events: (
    seed: number,
    run: number,
  ) => readonly { readonly onset: number; readonly duration: number; readonly label: string }[];
  readonly record: (seed: number, subject: number, run: number, about: ExampleSubject) => Float32Array;
}

const ofFilm = {
  ...film,
  runs: Array.from({ length: film.runs }, (_, at) => `task-film_run-${at + 1}`),
  events: scenesOf,
  record: filmRun,
};

const studies: Readonly<Record<ExampleKind, (size: BrainSize) => Study>> = {
  objects: () => ({
    name: "Concord example study (simulated)",
    ...design,
    volume: ventralTemporal,
    mask: regionFile,
    runs: Array.from({ length: design.runs }, (_, at) => `task-objects_run-${at + 1}`),
    events: (seed, run) =>
      blocksOf(seed, run).map(({ onset, condition }) => ({
        onset,
        duration: design.blockSeconds,
        label: condition,
      })),
    record: exampleRun,
  }),
  film: () => ({
    name: "Concord example film (simulated)",
    ...ofFilm,
    volume: ventralTemporal,
    mask: regionFile,
  }),
  "whole-brain": ({ subjects, scale }) => ({
    name: "Concord example film in whole brains (simulated)",
    ...ofFilm,
    subjects,
    volume: (seed) => wholeBrain(seed, scale),
    mask: respondingFile,
  }),
};

const WHOLE: BrainSize = { subjects: 16, scale: 1 };

interface Options {
  readonly kind: ExampleKind;
  readonly seed: number;
  readonly size?: BrainSize;
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
  { kind, seed, size = WHOLE, templatePath, onProgress }: Options,
): Promise<void> {
  await mkdir(dirname(folder), { recursive: true });
  const part = await mkdtemp(join(dirname(folder), `.${basename(folder)}.part-`));
  try {
    const study = studies[kind](size);
    const volume = study.volume(seed);
    await writeStudyFiles(part, study, volume, templatePath);
    for (let subject = 1; subject <= study.subjects; subject++) {
      const about = exampleSubject(seed, subject, volume);
      await writeSubject(part, { study, seed, subject, about, volume });
      onProgress?.(subject, study.subjects);
    }
    await rename(part, folder);
  } catch (error) {
    await rm(part, { recursive: true, force: true });
    throw writingFault(error, folder);
  }
}

async function writeStudyFiles(
  folder: string,
  { name, subjects, mask }: Study,
  volume: ExampleVolume,
  templatePath: string,
): Promise<void> {
  await mkdir(join(folder, "masks"));
  await writeJson(join(folder, "dataset_description.json"), {
    Name: name,
    BIDSVersion: "1.9.0",
    DatasetType: "derivative",
    License: "CC0",
    GeneratedBy: [{ Name: "Concord", Description: "Simulated data: docs/example-study.md" }],
  });
  const ids = Array.from({ length: subjects }, (_, at) => subjectName(at + 1));
  await writeFile(join(folder, "participants.tsv"), `participant_id\n${ids.join("\n")}\n`);
  await copyFile(templatePath, join(folder, `${SPACE}_T1w.nii.gz`));
  await writeFile(join(folder, mask), await maskImage(volume.grid, volume.responding));
}

interface Recorded {
  readonly study: Study;
  readonly seed: number;
  readonly subject: number;
  readonly about: ExampleSubject;
  readonly volume: ExampleVolume;
}

async function writeSubject(
  folder: string,
  { study, seed, subject, about, volume }: Recorded,
): Promise<void> {
  const func = join(folder, subjectName(subject), "func");
  await mkdir(func, { recursive: true });
  const { repetitionTimeSeconds, runs } = study;
  for (const [at, own] of runs.entries()) {
    const run = at + 1;
    const name = `${subjectName(subject)}_${own}`;
    const image = join(func, `${name}_${SPACE}_res-3_desc-preproc_bold`);
    const values = study.record(seed, subject, run, about);
    await writeFile(`${image}.nii.gz`, await boldImage(values, about.voxels, volume.grid, study));
    const task = /task-([a-z]+)/.exec(own)?.[1];
    await writeJson(`${image}.json`, { RepetitionTime: repetitionTimeSeconds, TaskName: task });
    await writeFile(
      join(func, `${name}_${SPACE}_res-3_desc-brain_mask.nii.gz`),
      await maskImage(volume.grid, volume.brain),
    );
    await writeFile(join(func, `${name}_events.tsv`), eventsTable(study.events(seed, run)));
  }
}

function boldImage(
  values: Float32Array,
  voxels: Int32Array,
  grid: Grid,
  { volumes, repetitionTimeSeconds }: Study,
): Promise<Buffer> {
  const [nx, ny, nz] = grid.dimensions;
  return niftiImage({ grid, volumes, type: "int16", repetitionTimeSeconds }, (at) => {
    const volume = new Int16Array(nx * ny * nz);
    voxels.forEach((place, voxel) => {
      volume[place] = Math.round(values[at * voxels.length + voxel] as number);
    });
    return volume;
  });
}

function maskImage(grid: Grid, mask: Uint8Array): Promise<Buffer> {
  return niftiImage({ grid, volumes: 1, type: "uint8", repetitionTimeSeconds: null }, () => mask);
}

function eventsTable(events: ReturnType<Study["events"]>): string {
  const rows = events.map(({ onset, duration, label }) => `${onset}\t${duration}\t${label}`);
  return `onset\tduration\ttrial_type\n${rows.join("\n")}\n`;
}

function subjectName(subject: number): string {
  return `sub-${String(subject).padStart(2, "0")}`;
}

function writeJson(path: string, value: unknown): Promise<void> {
  return writeFile(path, `${JSON.stringify(value, null, 2)}\n`);
}
