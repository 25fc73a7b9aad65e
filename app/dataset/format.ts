import type { Grid, RowLabels, RunFile, Treatment } from "#app/contract/dataset.ts";

/** One image in a file, as its header tells. */
export interface FoundImage {
  /** Where in the file it lies, in the format's own words; "" where the file is one image. */
  readonly part: string;
  /** What the file itself calls its subject and run; null where it does not say. */
  readonly subject: string | null;
  readonly run: string | null;
  /** Which rows of that part are this image, in order; null for all. */
  readonly rows: readonly number[] | null;
  readonly volumes: number;
  /** Seconds; null where the file does not say. */
  readonly repetitionTimeSeconds: number | null;
  readonly grid: Grid;
  readonly labels: readonly RowLabels[];
  readonly treatments: readonly Treatment[];
  readonly sizeBytes: number;
  /** What a person should know of it: whole sentences. */
  readonly remarks: readonly string[];
}

/** What a format needs to know to find an image again. */
export type ImagePlace = Pick<RunFile, "path" | "companionPath" | "part" | "rows" | "volumes" | "grid">;

/**
 * Reads one file format. To add a format, write one more file with one of these and list it in `formats.ts`. No method
 * allocates what a header claims before the file's own size has made the claim possible, and nothing in a file is
 * executed. All throw Faults of the table only (image/unreadable, /truncated, /damaged, /absent; of arrays also
 * array/axes-unknown), or the signal's reason when aborted.
 */
export interface Format {
  readonly name: string;
  /** The endings of its files' names, in lower case with their first dot: folders are searched for these. */
  readonly extensions: readonly string[];
  /** Whether a file is of this format, by its name and its first bytes (unpacked where it is gzip). */
  recognise(fileName: string, head: Uint8Array): boolean;
  /** The images of a file; `companionPath` is the right hemisphere's file where there is one. */
  describe(path: string, companionPath: string | null): Promise<readonly FoundImage[]>;
  /**
   * The images of a file read as this part says, where a part says more than the file does; null where it says nothing.
   */
  describePart?(
    path: string,
    companionPath: string | null,
    part: string,
  ): Promise<readonly FoundImage[] | null>;
  /** The voxels of its grid that an image holds values of, ascending; null where it holds all of them. */
  voxels(image: ImagePlace): Promise<Int32Array | null>;
  /**
   * Shows the values of the chosen voxels (on the grid, ascending, each among those of `voxels`), one volume after the
   * other from row 0 to image.volumes − 1, in one array that is filled anew each time.
   */
  eachVolume(
    image: ImagePlace,
    voxels: Int32Array,
    visit: (values: Float32Array, row: number) => void,
    signal?: AbortSignal,
  ): Promise<void>;
}
