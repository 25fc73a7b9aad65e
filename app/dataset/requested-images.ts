import type { BrokenImage, Problem, RowLabels, RunFile } from "#app/contract/dataset.ts";
import { unreadable } from "#app/dataset/unreadable.ts";
import { keepFault } from "./broken-images.ts";
import type { FoundImage } from "./format.ts";
import { formatAt } from "./formats.ts";
import { inLanes } from "./lanes.ts";

/** An image that a layout or a table names, before its header is read. */
export interface RequestedImage
  extends Pick<
    RunFile,
    | "subject"
    | "run"
    | "path"
    | "companionPath"
    | "maskPath"
    | "eventsPath"
    | "confoundsPath"
    | "treatments"
    | "labels"
  > {
  /** Which of a file's images it is; null for all of them, each a subject or a run of its own. */
  readonly part: string | null;
  /** Which rows of that part, where they are less than all that the file gives as one image. */
  readonly rows: readonly number[] | null;
  /** Seconds; where it is not null it is believed rather than the header. */
  readonly repetitionTimeSeconds: number | null;
  /** Why it may not be read, where it may not. */
  readonly refused: string | null;
}

export interface DescribedImages {
  readonly files: RunFile[];
  readonly broken: BrokenImage[];
  /** What the headers leave in doubt. */
  readonly doubts: Problem[];
}

/** What the headers tell of each image, in their order, and the images whose header can't be read. */
export async function describeImages(requests: readonly RequestedImage[]): Promise<DescribedImages> {
  const files: RunFile[] = [];
  const broken: BrokenImage[] = [];
  const doubts: Problem[] = [];
  const told = await inLanes(requests, async (request) => {
    try {
      return await describeImage(request);
    } catch (error) {
      return keepFault(request.subject, request.run, error);
    }
  });
  for (const one of told) {
    if ("code" in one) broken.push(one);
    else {
      for (const { file, remarks } of one) {
        files.push(file);
        const { subject, run } = file;
        for (const text of remarks) doubts.push({ severity: "warning", subject, run, text });
      }
    }
  }
  return { files, broken, doubts };
}

async function describeImage(
  request: RequestedImage,
): Promise<{ file: RunFile; remarks: readonly string[] }[]> {
  const { part, rows, refused, repetitionTimeSeconds, ...asked } = request;
  const { path, companionPath } = asked;
  if (refused !== null) throw unreadable(path, refused);
  const format = await formatAt(path);
  const asPart = part === null ? null : await format.describePart?.(path, companionPath, part);
  const all = asPart ?? (await format.describe(path, companionPath));
  const found = imagesAsked(path, all, part, rows);
  return found.map(({ remarks, ...told }) => {
    // A file of several images that names no subjects: each part is one.
    const several = found.length > 1 && told.subject === null && told.run === null;
    const file: RunFile = {
      ...told,
      ...asked,
      subject: told.subject ?? (several ? told.part : asked.subject),
      run: told.run ?? asked.run,
      // One that was asked for by its part is what the asker calls it.
      ...(part === null ? {} : { subject: asked.subject, run: asked.run }),
      format: format.name,
      labels: merged(told.labels, asked.labels, told.volumes),
      treatments: [...new Set([...told.treatments, ...asked.treatments])],
      repetitionTimeSeconds: repetitionTimeSeconds ?? told.repetitionTimeSeconds,
    };
    return { file, remarks };
  });
}

/** Of the images of a file those that are asked for. */
function imagesAsked(
  path: string,
  all: readonly FoundImage[],
  part: string | null,
  rows: readonly number[] | null,
): readonly FoundImage[] {
  if (all.length === 0) throw unreadable(path, "it is empty");
  if (part === null) return all;
  const ofPart = all.filter((image) => image.part === part);
  const same = ofPart.find((image) => String(image.rows ?? "") === String(rows ?? ""));
  if (same) return [same];
  const whole = ofPart.find((image) => image.rows === null);
  if (rows !== null && whole) return [someRows(path, whole, rows)];
  const known = [...new Set(all.map((image) => image.part))].join(", ");
  const detail = rows === null ? `it has no part ${part || "of its own"}` : `it has no such rows in ${part}`;
  throw unreadable(path, known === "" ? detail : `${detail}, but ${known}`);
}

function someRows(path: string, image: FoundImage, rows: readonly number[]): FoundImage {
  if (rows.some((row) => row >= image.volumes)) throw unreadable(path, `it has ${image.volumes} rows`);
  const labels = image.labels.map(({ name, values }) => ({
    name,
    values: rows.map((row) => values[row] ?? null),
  }));
  return { ...image, rows, volumes: rows.length, labels };
}

/** The file's own labels, then those asked for; a value for all rows stands for each of them. */
function merged(
  own: readonly RowLabels[],
  asked: readonly RowLabels[],
  volumes: number,
): readonly RowLabels[] {
  const names = new Set(asked.map(({ name }) => name));
  const spread = asked.map(({ name, values }) => ({
    name,
    values: Array.from({ length: volumes }, () => values[0] ?? null),
  }));
  return [...own.filter(({ name }) => !names.has(name)), ...spread];
}
