import { readFile, stat } from "node:fs/promises";
import { resolve } from "node:path";
import type { Dataset, Problem, Reader } from "#app/contract/dataset.ts";
import { Fault } from "#app/contract/fault.ts";
import { absentImage } from "./absent-image.ts";
import { type BidsImage, chooseImages, isWhole } from "./bids-choice.ts";
import { type BidsFile, holdsBidsFile, listBidsFiles } from "./bids-files.ts";
import { atlases, backgroundOf, isBold, isSurface, regionMasks } from "./bids-images.ts";
import { BidsIndex } from "./bids-index.ts";
import { toldPreprocessing } from "./bids-preprocessing.ts";
import { mostCommon } from "./bids-problems.ts";
import { chooseSpace, spacesOf } from "./bids-spaces.ts";
import { treatmentsOf } from "./bids-treatments.ts";
import { describedDataset } from "./described-dataset.ts";
import { leavesFolder } from "./folder-border.ts";
import { inLanes } from "./lanes.ts";
import { readParticipants } from "./participants.ts";
import { describeImages, type RequestedImage } from "./requested-images.ts";
import { surfacePathsOf } from "./surface-paths.ts";

/** A sidecar holds some dozens of fields. */
const largestSidecarBytes = 4e6;

/** What another layout knows of a tree of this kind. */
export interface LayoutRules {
  readonly reader: string;
  /** The events of a run whose images have no events file. */
  eventsOf(run: string): string | null;
  readonly problems: readonly Problem[];
}

const plainRules: LayoutRules = { reader: "bids", eventsOf: () => null, problems: [] };

/** fMRIPrep derivatives of every version, raw BIDS, and plain folders with sub-* in them. */
export const bidsReader: Reader = {
  name: plainRules.reader,
  recognise: (path) => holdsBidsFile(path, isBold).catch(() => false),
  describe: (path, space = null) => describeTree(path, space, plainRules),
};

/** What a BIDS-like tree holds in one of its spaces. @throws Fault dataset/empty, image/…, dataset/unknown-space */
export async function describeTree(
  folder: string,
  wanted: string | null,
  rules: LayoutRules,
): Promise<Dataset> {
  const path = resolve(folder);
  const { files: all, problems: unlisted } = await listBidsFiles(path);
  const spaces = spacesOf(all.filter(isBold));
  const space = chooseSpace(spaces, wanted);
  const images = chooseImages(space?.images ?? []);
  const absent = images.filter(isAbsent);
  const present = images.filter((image) => !isAbsent(image));
  if (space === undefined) throw new Fault("dataset/empty", { path });
  const index = new BidsIndex(all);
  const named = new BidsIndex(all, { absent: true });
  const described = await describeImages(
    await inLanes(present, (image) => requested(index, image, rules.eventsOf)),
  );
  const { preprocessing, problems } = await toldPreprocessing(path, space.entity, present);
  const [first] = described.files;
  const { participants, problems: untold } = await readParticipants(path);
  return describedDataset(described, {
    path,
    reader: rules.reader,
    space: space.name || null,
    spaces: spaces.flatMap(({ name }) => name || []),
    preprocessing,
    participants,
    absent: absent.map((image) =>
      absentImage(path, image, [image.file, image.companion, ...named.readWith(image.file)]),
    ),
    masks: regionMasks(all, path),
    atlases: atlases(all, path),
    backgroundPath: backgroundOf(all, space.entity),
    surfaces: first === undefined ? null : await surfacePathsOf(all, first.grid, "looked at"),
    cortex: first === undefined ? null : await surfacePathsOf(all, first.grid, "measured along"),
    problems: [
      ...problems,
      ...present.flatMap(tellLone),
      ...tellDifferentStates(present),
      ...unlisted,
      ...untold,
      ...rules.problems,
    ],
  });
}

async function requested(
  index: BidsIndex,
  image: BidsImage,
  eventsOf: LayoutRules["eventsOf"],
): Promise<RequestedImage> {
  const { subject, run, file, companion } = image;
  return {
    subject,
    run,
    path: file.path,
    companionPath: companion?.path ?? null,
    part: null,
    rows: null,
    maskPath: index.brainMaskOf(file),
    eventsPath: index.inherited(file, "events", ".tsv")[0]?.path ?? eventsOf(run),
    confoundsPath: index.confoundsOf(file),
    labels: [],
    treatments: treatmentsOf(file.name),
    repetitionTimeSeconds: await sidecarTime(index, file),
    refused: isWhole(image) ? null : leavesFolder,
  };
}

function isAbsent({ file, companion }: BidsImage): boolean {
  return file.absent || companion?.absent === true;
}

function tellLone({ subject, run, file, companion }: BidsImage): Problem[] {
  const hemi = file.name.entities.get("hemi")?.toUpperCase();
  if (!isSurface(file) || companion !== null || hemi === undefined) return [];
  const other = hemi === "L" ? "right" : "left";
  const text = `The ${other} hemisphere is missing. Its vertices are not there to be aligned.`;
  return [{ severity: "warning", subject, run, text }];
}

/** Where one subject's file was cleaned and others' not, under one run. */
function tellDifferentStates(images: readonly BidsImage[]): Problem[] {
  const stateOf = ({ file }: BidsImage): string => treatmentsOf(file.name).join(", ") || "only preprocessed";
  const states = new Map<string, string[]>();
  for (const image of images) states.set(image.run, [...(states.get(image.run) ?? []), stateOf(image)]);
  const usual = new Map([...states].map(([run, all]) => [run, mostCommon(all)]));
  return images.flatMap((image) => {
    const { subject, run } = image;
    const [own, others] = [stateOf(image), usual.get(run) ?? ""];
    if (own === others) return [];
    const text = `By its name this image is ${own} where others are ${others}. Rows may not be comparable.`;
    return [{ severity: "warning" as const, subject, run, text }];
  });
}

/** RepetitionTime in seconds from the most special sidecar that has one. */
async function sidecarTime(index: BidsIndex, image: BidsFile): Promise<number | null> {
  const own = image.name.extension.replace(/\.(nii\.gz|nii|gii|hdf5|h5)$/, ".json");
  const endings = new Set([own, ".json"]);
  for (const { path } of [...endings].flatMap((ending) => index.inherited(image, "bold", ending))) {
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
