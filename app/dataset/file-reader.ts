import { stat } from "node:fs/promises";
import { basename, dirname, resolve } from "node:path";
import type { Dataset, Problem, Reader, RunFile } from "#app/contract/dataset.ts";
import { Fault } from "#app/contract/fault.ts";
import { parseBidsName, runOf } from "./bids-entities.ts";
import { describedDataset } from "./described-dataset.ts";
import type { FoundImage } from "./format.ts";
import { formatAt } from "./formats.ts";
import { toldDataset } from "./told-table.ts";

const UNNAMED_SPACE = "The file does not name its space, so that no brain is drawn behind its voxels.";

/** One file that holds a whole study, as PyMVPA's, or one image of it. */
export const fileReader: Reader = {
  name: "file",
  async recognise(path) {
    const found = await stat(path).catch(() => null);
    return found?.isFile() === true;
  },
  describe,
};

async function describe(file: string, wanted: string | null = null): Promise<Dataset> {
  const path = resolve(file);
  const told = await toldDataset(path, wanted, [path]);
  if (told !== null) return told;
  const format = await formatAt(path);
  const images = await format.describe(path, null);
  if (images.length === 0) throw new Fault("image/unreadable", { path, detail: "it holds no image" });
  const parts = [...new Set(images.map(({ part }) => part))];
  const files = images.map((image) => runFile(path, format.name, image, parts.indexOf(image.part)));
  const space = parseBidsName(basename(path)).entities.get("space") ?? null;
  const placed = files.some(({ grid }) => grid.kind === "volume");
  const notes = [
    ...new Set(images.flatMap(({ remarks }) => remarks)),
    ...(placed && space === null ? [UNNAMED_SPACE] : []),
  ];
  return describedDataset(
    { files, broken: [], doubts: [] },
    {
      path,
      folder: dirname(path),
      reader: fileReader.name,
      space,
      problems: notes.map((text): Problem => ({ severity: "note", text })),
    },
  );
}

/** What the file does not say of its subject and run its name does; else the place of its part in the file. */
function runFile(path: string, format: string, image: FoundImage, at: number): RunFile {
  const { subject, run, remarks: _, ...told } = image;
  const named = namesOfFile(path);
  return {
    ...told,
    subject: subject ?? named.subject ?? `sub-${String(at + 1).padStart(2, "0")}`,
    run: run ?? named.run,
    path,
    companionPath: null,
    format,
    maskPath: null,
    eventsPath: null,
    confoundsPath: null,
  };
}

/** What a file's name says of its subject, if anything, and its run. */
export function namesOfFile(path: string): { readonly subject: string | null; readonly run: string } {
  const name = parseBidsName(basename(path));
  const subject = name.entities.get("sub");
  return {
    subject: subject === undefined ? null : `sub-${subject}`,
    run: name.entities.size > 0 ? runOf(name) : stemOf(path),
  };
}

/** A file's name without what comes after its first dot. */
function stemOf(path: string): string {
  return basename(path).replace(/\..*$/, "") || basename(path);
}
