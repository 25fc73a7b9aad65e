import { z } from "zod";
import { GridShape } from "./maps.ts";
import { SurfacePaths } from "./surface.ts";

/** Dimensions (i, j, k) and the 4×4 affine (row-major, voxel index → mm). A voxel is i + nx·(j + ny·k) on it. */
export type Grid = z.infer<typeof GridShape>;

export const Problem = z.strictObject({
  severity: z.enum(["note", "warning", "error"]),
  subject: z.string().exactOptional(),
  run: z.string().exactOptional(),
  /** What is odd, and why it matters: whole sentences. */
  text: z.string(),
  /** What of a Plan would mend it. */
  repair: z.enum(["leave-out-subject", "leave-out-run", "trim-to-common-rows"]).exactOptional(),
});
export type Problem = z.infer<typeof Problem>;

/** What was done to an image before Concord saw it, so that nothing is done twice. */
export const Treatment = z.enum(["denoised", "detrended", "high-passed", "smoothed", "z-scored", "cropped"]);
export type Treatment = z.infer<typeof Treatment>;

/** A label for each volume of a run, given by the file itself; null where a volume has none. */
export const RowLabels = z.strictObject({
  name: z.string(),
  values: z.array(z.string().nullable()).readonly(),
});
export type RowLabels = z.infer<typeof RowLabels>;

/** One functional image. `run` joins its entities but subject, space, resolution and description: "task-faces_run-1". */
export const RunFile = z.strictObject({
  subject: z.string(),
  run: z.string(),
  path: z.string(),
  /** The right hemisphere's file where `path` is the left's. */
  companionPath: z.string().nullable(),
  /** The name of the format that reads it. */
  format: z.string(),
  /** Where in the file it lies, in the format's own words; "" where the file is one image. */
  part: z.string(),
  /** Which rows of that part are this run, in order; null for all. */
  rows: z.array(z.int()).readonly().nullable(),
  maskPath: z.string().nullable(),
  eventsPath: z.string().nullable(),
  confoundsPath: z.string().nullable(),
  labels: z.array(RowLabels).readonly(),
  treatments: z.array(Treatment).readonly(),
  volumes: z.number(),
  repetitionTimeSeconds: z.number().nullable(),
  grid: GridShape,
  sizeBytes: z.number(),
});
export type RunFile = z.infer<typeof RunFile>;

/** A functional image that can't be used: its place in the table, and the values of the fault that says why. */
export const BrokenImage = z.strictObject({
  subject: z.string(),
  run: z.string(),
  code: z.enum(["image/damaged", "image/truncated", "image/unreadable", "array/axes-unknown"]),
  values: z.record(z.string(), z.string()).readonly(),
});
export type BrokenImage = z.infer<typeof BrokenImage>;

/** A functional image that is known by name and not downloaded: git-annex and DataLad leave such. */
export const AbsentImage = z.strictObject({
  subject: z.string(),
  run: z.string(),
  /** Relative to the dataset's folder, with forward slashes. */
  path: z.string(),
  /** Null where nothing says how large it will be. */
  sizeBytes: z.number().nullable(),
  /** What is read beside it and is not downloaded either: masks, events, confounds. */
  besides: z.array(z.string()).readonly(),
});
export type AbsentImage = z.infer<typeof AbsentImage>;

/** What a folder or file holds, known from names and headers, before any voxel is read. */
export const Dataset = z.strictObject({
  path: z.string(),
  /** What relative paths are of: `path` itself where it is a folder, else the folder it lies in. */
  folder: z.string(),
  name: z.string(),
  reader: z.string(),
  /** The space of the images, one of `spaces`; null where they name none. */
  space: z.string().nullable(),
  /** The spaces that the dataset offers images in, the one taken unless a Plan chooses first. */
  spaces: z.array(z.string()).readonly(),
  /**
   * Whether the images were brought to a space that subjects share: their names tell it; nothing tells; or it is told
   * that they weren't, and then they can be looked at and not aligned.
   */
  preprocessing: z.enum(["told", "unknown", "missing"]),
  subjects: z.array(z.string()).readonly(),
  runs: z.array(z.string()).readonly(),
  /** What participants.tsv says of each subject, by column: null where it says n/a. Empty where there is none. */
  participants: z.record(z.string(), z.record(z.string(), z.string().nullable())),
  files: z.array(RunFile).readonly(),
  /** Images that are there and can't be used: a Plan that includes one is refused with its fault. */
  broken: z.array(BrokenImage).readonly(),
  /** Images to be downloaded first: their subjects and runs are among those above. */
  absent: z.array(AbsentImage).readonly(),
  /** Region masks found in the folder, relative to it: "masks/desc-pmc_mask.nii.gz". */
  masks: z.array(z.string()).readonly(),
  /** Label images found in the folder, likewise: "atlases/tpl-MNI152NLin6Asym_atlas-X_dseg.nii.gz", "k50_2mm.nii.gz". */
  atlases: z.array(z.string()).readonly(),
  /** Of each run: the columns of its events file beside onset and duration, and each column's values. */
  events: z
    .array(
      z.strictObject({
        run: z.string(),
        columns: z
          .array(z.strictObject({ name: z.string(), values: z.array(z.string()).readonly() }))
          .readonly(),
      }),
    )
    .readonly(),
  backgroundPath: z.string().nullable(),
  /** Of images on surfaces: the shapes that their vertices lie on; null where none was found. */
  surfaces: SurfacePaths.nullable(),
  /** Likewise the folded ones that distances are measured along. */
  cortex: SurfacePaths.nullable(),
  problems: z.array(Problem).readonly(),
});
export type Dataset = z.infer<typeof Dataset>;

/** What reading the voxels of a dataset shows: of each image that could be read to its end, and as problems. */
export const Examination = z.strictObject({
  files: z
    .array(
      z.strictObject({
        subject: z.string(),
        run: z.string(),
        /** Voxels in the brain mask (all voxels where there is none). */
        voxels: z.int(),
        nonFinite: z.int(),
        constant: z.int(),
        /** Rows before a tail that repeats one volume; all rows where there is none. */
        goodRows: z.int(),
      }),
    )
    .readonly(),
  problems: z.array(Problem).readonly(),
});
export type Examination = z.infer<typeof Examination>;

/** Reads one layout: a folder, or a file that holds a study. To add a layout, write one more file with one of these. */
export interface Reader {
  readonly name: string;
  /** Whether what lies at the path looks like this reader's, cheaply. */
  recognise(path: string): Promise<boolean>;
  /** In the named one of its spaces, or in the reader's choice. @throws Fault dataset/unknown-space, …/empty, image/… */
  describe(path: string, space?: string | null): Promise<Dataset>;
}
