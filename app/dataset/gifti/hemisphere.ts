import { basename } from "node:path";
import { longestRepetitionSeconds } from "#app/dataset/nifti-header.ts";
import { unreadable } from "#app/dataset/unreadable.ts";
import { refuseTooLarge } from "./data-array.ts";
import { type FoundArray, giftiArrays } from "./gifti-arrays.ts";

/** One hemisphere's functional image, as the start of its file tells. */
export interface Hemisphere {
  readonly vertices: number;
  readonly volumes: number;
  /** Seconds; null where the file does not say. */
  readonly repetitionTimeSeconds: number | null;
  /** As the file says, or else its name. */
  readonly side: "left" | "right" | null;
  readonly sizeBytes: number;
}

/** What other GIfTI files hold. */
const strangers: Readonly<Record<string, string>> = {
  POINTSET: "the shape of a surface",
  TRIANGLE: "the shape of a surface",
  LABEL: "labels",
};

/** @throws Fault image/unreadable, image/truncated, image/damaged */
export async function describeHemisphere(path: string): Promise<Hemisphere> {
  for await (const found of giftiArrays(path)) {
    const { array, metadata, arraysInFile, file } = found;
    const columns = columnsOf(path, found);
    if (!Number.isSafeInteger(arraysInFile) || arraysInFile < 1) {
      throw unreadable(path, "it does not say how many data arrays it holds");
    }
    if (columns > 1 && arraysInFile > 1) {
      throw unreadable(path, `it holds ${arraysInFile} tables of vertices × volumes, not one`);
    }
    refuseTooLarge(path, array, arraysInFile, file);
    return {
      vertices: array.dimensions[0],
      volumes: columns * arraysInFile,
      repetitionTimeSeconds: repetitionTime(metadata.get("TimeStep")),
      side: sideOf(metadata.get("AnatomicalStructurePrimary") ?? "", basename(path)),
      sizeBytes: file.sizeBytes,
    };
  }
  throw unreadable(path, "it holds no data array");
}

/**
 * The volumes one after the other, from the first: an array each, or the columns of one table of vertices × volumes.
 * What is yielded is to be used before the next is asked for.
 * @throws Fault image/unreadable, image/truncated, image/damaged; the signal's reason when aborted
 */
export async function* hemisphereVolumes(path: string, signal?: AbortSignal): AsyncGenerator<Float32Array> {
  let vertices = 0;
  for await (const found of giftiArrays(path, signal)) {
    const columns = columnsOf(path, found);
    const [own] = found.array.dimensions;
    if (vertices !== 0 && own !== vertices) {
      throw unreadable(path, `its volumes have ${vertices} and ${own} vertices`);
    }
    vertices = own;
    const values = await found.values();
    if (columns === 1) yield values;
    else if (found.array.columnMajor) {
      for (let t = 0; t < columns; t++) yield values.subarray(t * vertices, (t + 1) * vertices);
    } else {
      const volume = new Float32Array(vertices);
      for (let t = 0; t < columns; t++) {
        for (let v = 0; v < vertices; v++) volume[v] = values[v * columns + t] as number;
        yield volume;
      }
    }
  }
}

/** How many volumes an array holds. */
function columnsOf(path: string, { array: { intent, dimensions } }: FoundArray): number {
  const stranger = strangers[intent];
  if (stranger !== undefined) throw unreadable(path, `it holds ${stranger} and no functional image`);
  const [, columns = 1, ...others] = dimensions;
  if (others.some((extent) => extent > 1)) {
    throw unreadable(path, `the dimensions of a data array are ${dimensions.join(" × ")}`);
  }
  return columns;
}

/** FreeSurfer writes milliseconds, others seconds, and nothing says which: no scan takes 100 s, and none a tenth. */
function repetitionTime(told: string | undefined): number | null {
  const value = Number(told);
  if (told === undefined || !Number.isFinite(value) || value <= 0) return null;
  const seconds = value > longestRepetitionSeconds ? value / 1e3 : value;
  return seconds > longestRepetitionSeconds ? null : seconds;
}

function sideOf(structure: string, fileName: string): "left" | "right" | null {
  if (structure === "CortexLeft" || structure === "CortexRight")
    return structure === "CortexLeft" ? "left" : "right";
  const [, named] = /(?:^|[._])(?:hemi-)?(lh?|rh?)(?=[._])/i.exec(fileName) ?? [];
  return named === undefined ? null : /^l/i.test(named) ? "left" : "right";
}
