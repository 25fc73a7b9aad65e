import { readFile } from "node:fs/promises";
import { basename, resolve } from "node:path";
import type { Dataset, Reader, RunFile } from "#app/contract/dataset.ts";
import { Fault } from "#app/contract/fault.ts";
import { compareNatural, runOf } from "./bids-entities.ts";
import { type BidsFile, inherited, listBidsFiles } from "./bids-files.ts";
import { findProblems } from "./bids-problems.ts";
import { readHeader } from "./nifti-header.ts";

/** fMRIPrep derivatives, and plain folders with sub-* in them. */
export const bidsReader: Reader = {
  name: "bids",
  async recognise(path) {
    const files = await listBidsFiles(path).catch(() => []);
    return files.some(isBold);
  },
  describe,
};

/** Throws dataset/one-subject where there is nothing to align. */
export function requireAlignable(dataset: Dataset): void {
  if (dataset.subjects.length < 2) throw new Fault("dataset/one-subject", { path: dataset.path });
}

async function describe(folder: string): Promise<Dataset> {
  const path = resolve(folder);
  const all = await listBidsFiles(path);
  const images = choose(all.filter(isBold));
  if (images.length === 0) throw new Fault("dataset/empty", { path });
  const files: RunFile[] = [];
  for (const image of images) files.push(await describeRun(all, image));
  const unique = (values: string[]): string[] => [...new Set(values)].sort(compareNatural);
  const subjects = unique(files.map((file) => file.subject));
  const runs = unique(files.map((file) => file.run));
  const space = images[0]?.name.entities.get("space") ?? null;
  return {
    path,
    name: basename(path),
    reader: "bids",
    space,
    subjects,
    runs,
    files,
    backgroundPath: background(all, space),
    problems: findProblems(subjects, runs, files),
  };
}

async function describeRun(all: readonly BidsFile[], image: BidsFile): Promise<RunFile> {
  const header = await readHeader(image.path);
  return {
    subject: subjectOf(image),
    run: runOf(image.name),
    path: image.path,
    maskPath: maskOf(all, image),
    eventsPath: inherited(all, image, "events", ".tsv")[0]?.path ?? null,
    volumes: header.volumes,
    repetitionTimeSeconds: (await sidecarTime(all, image)) ?? header.repetitionTimeSeconds,
    grid: header.grid,
    sizeBytes: header.sizeBytes,
  };
}

function isImage({ name }: BidsFile): boolean {
  return name.extension === ".nii" || name.extension === ".nii.gz";
}

function isBold(file: BidsFile): boolean {
  return file.name.suffix === "bold" && isImage(file) && file.name.entities.has("sub");
}

function subjectOf({ name }: BidsFile): string {
  return `sub-${name.entities.get("sub") ?? ""}`;
}

/** One image for each subject and run, all of one space: desc-preproc before others, then the commonest space. */
function choose(images: readonly BidsFile[]): BidsFile[] {
  const preprocessed = images.filter(({ name }) => name.entities.get("desc") === "preproc");
  const pool = preprocessed.length > 0 ? preprocessed : images;
  const spaceOf = ({ name }: BidsFile): string =>
    ["space", "res"].map((key) => name.entities.get(key) ?? "").join(" ");
  const counts = new Map<string, number>();
  for (const image of pool) counts.set(spaceOf(image), (counts.get(spaceOf(image)) ?? 0) + 1);
  const rank = (space: string): number => (counts.get(space) ?? 0) + (space.startsWith("MNI") ? 0.5 : 0);
  const space = [...counts.keys()].sort((a, b) => rank(b) - rank(a))[0];
  const chosen = new Map<string, BidsFile>();
  for (const image of pool) {
    const key = `${subjectOf(image)} ${runOf(image.name)}`;
    if (spaceOf(image) === space && !chosen.has(key)) chosen.set(key, image);
  }
  return [...chosen].sort(([a], [b]) => compareNatural(a, b)).map(([, image]) => image);
}

function maskOf(all: readonly BidsFile[], image: BidsFile): string | null {
  const found = all.find(
    (file) =>
      file.name.suffix === "mask" &&
      isImage(file) &&
      file.name.entities.get("desc") === "brain" &&
      runOf(file.name) === runOf(image.name) &&
      ["sub", "space", "res"].every((key) => file.name.entities.get(key) === image.name.entities.get(key)),
  );
  return found?.path ?? null;
}

/** RepetitionTime in seconds from the most special sidecar that has one. */
async function sidecarTime(all: readonly BidsFile[], image: BidsFile): Promise<number | null> {
  for (const sidecar of inherited(all, image, "bold", ".json")) {
    try {
      const fields: unknown = JSON.parse((await readFile(sidecar.path, "utf8")).replace(/^\uFEFF/, ""));
      if (typeof fields !== "object" || fields === null || !("RepetitionTime" in fields)) continue;
      const time = fields.RepetitionTime;
      if (typeof time === "number" && Number.isFinite(time) && time > 0) return time;
    } catch {
      // A broken sidecar says nothing; the next one, or the header, does.
    }
  }
  return null;
}

/** A T1w in the space of the data: the study's before a subject's. */
function background(all: readonly BidsFile[], space: string | null): string | null {
  const fits = all.filter(
    (file) =>
      file.name.suffix === "T1w" && isImage(file) && (file.name.entities.get("space") ?? null) === space,
  );
  return (fits.find(({ name }) => !name.entities.has("sub")) ?? fits[0])?.path ?? null;
}
