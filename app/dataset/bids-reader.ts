import { readFile, stat } from "node:fs/promises";
import { basename, resolve } from "node:path";
import type { BrokenImage, Dataset, Problem, Reader, RunFile } from "#app/contract/dataset.ts";
import { Fault } from "#app/contract/fault.ts";
import { compareNatural, runOf } from "./bids-entities.ts";
import { type BidsFile, inherited, listBidsFiles } from "./bids-files.ts";
import {
  backgroundOf,
  brainMaskOf,
  chooseImages,
  isAbsentBold,
  isBold,
  labelImages,
  regionMasks,
  subjectOf,
} from "./bids-images.ts";
import { findProblems } from "./bids-problems.ts";
import { faultOf, keepFault, tellBroken } from "./broken-images.ts";
import { eventColumns } from "./event-columns.ts";
import { examineDataset } from "./examination.ts";
import { formatAt } from "./formats.ts";

/** A sidecar holds some dozens of fields. */
const largestSidecarBytes = 4e6;

/** fMRIPrep derivatives, and plain folders with sub-* in them. */
export const bidsReader: Reader = {
  name: "bids",
  async recognise(path) {
    const files = await listBidsFiles(path).catch(() => []);
    return files.some(isBold);
  },
  describe,
  examine: examineDataset,
};

async function describe(folder: string): Promise<Dataset> {
  const path = resolve(folder);
  const all = await listBidsFiles(path);
  const images = chooseImages(all.filter(isBold));
  const absent = all.filter(isAbsentBold);
  if (images.length === 0) {
    throw absent[0]
      ? new Fault("image/absent", { path: absent[0].path })
      : new Fault("dataset/empty", { path });
  }
  const { files, broken, doubts } = await describeRuns(all, images);
  if (files.length === 0 && broken[0] !== undefined) throw faultOf(broken[0]);
  const unique = (values: string[]): string[] => [...new Set(values)].sort(compareNatural);
  const subjects = unique([...files, ...broken].map(({ subject }) => subject));
  const runs = unique([...files, ...broken].map(({ run }) => run));
  const space = images[0]?.name.entities.get("space") ?? null;
  const { events, problems } = await eventColumns(runs, files);
  return {
    path,
    name: basename(path),
    reader: "bids",
    space,
    subjects,
    runs,
    files,
    broken,
    masks: regionMasks(all, path),
    atlases: labelImages(all, path),
    events,
    backgroundPath: backgroundOf(all, space),
    problems: [
      ...broken.map((image) => tellBroken(image, files)),
      ...findProblems(subjects, runs, files, broken),
      ...absent.map(tellAbsent),
      ...doubts,
      ...problems,
    ],
  };
}

function tellAbsent(image: BidsFile): Problem {
  const text = `${basename(image.path)} is a link to a file that is not there. Fetch it (datalad get) to use it.`;
  return { severity: "warning", subject: subjectOf(image), run: runOf(image.name), text };
}

/** What the headers tell of each image, and the images whose header can't be read. */
async function describeRuns(
  all: readonly BidsFile[],
  images: readonly BidsFile[],
): Promise<{ files: RunFile[]; broken: BrokenImage[]; doubts: Problem[] }> {
  const files: RunFile[] = [];
  const broken: BrokenImage[] = [];
  const doubts: Problem[] = [];
  for (const image of images) {
    const [subject, run] = [subjectOf(image), runOf(image.name)];
    try {
      const { file, remarks } = await describeRun(all, image);
      files.push(file);
      for (const text of remarks) doubts.push({ severity: "warning", subject, run, text });
    } catch (error) {
      broken.push(keepFault(subject, run, error));
    }
  }
  return { files, broken, doubts };
}

async function describeRun(
  all: readonly BidsFile[],
  image: BidsFile,
): Promise<{ file: RunFile; remarks: readonly string[] }> {
  const format = await formatAt(image.path);
  const [found] = await format.describe(image.path, null);
  if (found === undefined) throw new Fault("image/unreadable", { path: image.path, detail: "it is empty" });
  const { remarks, ...told } = found;
  const stated = await sidecarTime(all, image);
  const file: RunFile = {
    ...told,
    subject: subjectOf(image),
    run: runOf(image.name),
    path: image.path,
    companionPath: null,
    format: format.name,
    maskPath: brainMaskOf(all, image),
    eventsPath: inherited(all, image, "events", ".tsv")[0]?.path ?? null,
    confoundsPath: null,
    repetitionTimeSeconds: stated ?? told.repetitionTimeSeconds,
  };
  return { file, remarks };
}

/** RepetitionTime in seconds from the most special sidecar that has one. */
async function sidecarTime(all: readonly BidsFile[], image: BidsFile): Promise<number | null> {
  for (const { path } of inherited(all, image, "bold", ".json")) {
    try {
      if ((await stat(path)).size > largestSidecarBytes) continue;
      const fields: unknown = JSON.parse((await readFile(path, "utf8")).replace(/^\uFEFF/, ""));
      if (typeof fields !== "object" || fields === null || !("RepetitionTime" in fields)) continue;
      const time = fields.RepetitionTime;
      if (typeof time === "number" && Number.isFinite(time) && time > 0) return time;
    } catch {
      // A broken sidecar says nothing; the next one, or the header, does.
    }
  }
  return null;
}
