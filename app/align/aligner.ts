import type { z } from "zod";
import type { Work } from "#app/contract/references.ts";
import type { FitCourse } from "#app/contract/result.ts";
import type { Matrix } from "#app/linalg/matrix.ts";
import type { Staged, TaskTable } from "#app/linalg/task.ts";
import type { SearchlightBlock } from "./searchlight-blocks.ts";
import type { Transform } from "./transform.ts";

/** One subject's samples to align on: T × V, z-scored per run, and the dataset's voxel behind each column. */
export interface AlignSubject {
  readonly samples: Matrix;
  readonly voxels: Int32Array;
  /** Where each column's voxel lies, V × 3 in mm, row by row; null where the data have no places in a volume. */
  readonly places: Float64Array | null;
  /** Of a piece of samples that were seen to be finite: a piece is not gone through again. */
  readonly seenFinite?: true;
  /** How many voxels it is of where columns are a root of them, T of T × V: it holds all that the voxels have. */
  readonly rootOf?: number;
  /** For methods that use labels. */
  readonly labelled?: LabelledRows;
}

/** Rows of known conditions over the same columns, n × V, and the condition of each, from 0. */
export interface LabelledRows {
  readonly samples: Matrix;
  readonly codes: Int32Array;
}

/** Voxels of the dataset, and where each lies: V × 3 in mm, or null. */
export interface VoxelColumns {
  readonly kind: "voxels";
  readonly voxels: Int32Array;
  readonly places: Float64Array | null;
}

/**
 * What the columns of a common space are: voxels of the dataset, or components, which have no place in the brain. A
 * component's weight is how much it counts once each subject's samples are z-scored in the common space (a z-score
 * would undo a weight inside the transform).
 */
export type CommonColumns = VoxelColumns | { readonly kind: "components"; readonly weights: Float64Array };

/** The columns of a subject as those of a common space. */
export function columnsOf({ voxels, places }: Pick<AlignSubject, "voxels" | "places">): VoxelColumns {
  return { kind: "voxels", voxels, places };
}

/** The voxels of a space that has them: for a method all of whose spaces do. */
export function voxelColumns(columns: CommonColumns): VoxelColumns {
  if (columns.kind !== "voxels") throw new RangeError("the space is not one of voxels");
  return columns;
}

/** T × columns. */
export interface CommonSpace {
  readonly commonSpace: Matrix;
  readonly columns: CommonColumns;
}

/** The common space and each subject's way into it. */
export interface Alignment extends CommonSpace {
  readonly transforms: readonly Transform[];
  /** The space of voxels (T × V) behind components, where a newcomer has to be brought to it first. */
  readonly whole?: { readonly space: Matrix; readonly columns: VoxelColumns; readonly onto?: Transform };
  /** What was fitted in each parcel, where the space is made of parcels. */
  readonly pieces?: readonly { readonly label: number; readonly alignment: Alignment }[];
  /** The searchlights that the space is put together from. */
  readonly blocks?: readonly SearchlightBlock[];
  /** Of a method that goes on until something is as good as it gets. */
  readonly course?: FitCourse;
}

/** A method of alignment. To add one, write one more file with one of these and list it in `aligners.ts`. */
export interface Aligner<Schema extends z.ZodType = z.ZodType> {
  readonly name: string;
  readonly label: string;
  /** What it does to the data and when to choose it, in a few sentences for somebody who does not know it. */
  readonly help: string;
  /** The papers it comes from, the most important first. */
  readonly references: readonly Work[];
  /** Labels, help and defaults are in the schema's metadata: the form and the command line read them there. */
  readonly parameters: Schema;
  readonly tasks: TaskTable;
  /** Whether subjects are to come with the labelled rows that there are among those to align on. */
  readonly usesLabels?: true;
  /** Whether subjects are to come with the places of their voxels. */
  readonly usesPlaces?: true;
  /** Whether all subjects must have the same voxels: then none can be selected subject by subject. */
  readonly needsSameVoxels?: true;
  /** Whether the columns of its spaces are components; of a method without this they are voxels. */
  makesComponents?(parameters: z.output<Schema>): boolean;
  /** Whether a subject comes to each column of a space as if it were the only one, so that others may be left out. */
  fitsColumnsAlone?(parameters: z.output<Schema>): boolean;
  /** How many tasks a fit of so many subjects with so many voxels yields: progress is measured by it. */
  tasksOfFit(subjects: number, parameters: z.output<Schema>, voxels: number): number;
  /** The common space alone, of methods whose columns are voxels: searchlights need no transforms to their own. */
  space?(subjects: readonly AlignSubject[], parameters: z.output<Schema>): Staged<CommonSpace>;
  /**
   * Of methods that make the space first and then each subject's transform by it alone, as `addSubject` does: the space, with
   * no transforms. They need not be in memory together.
   */
  begin?(subjects: readonly AlignSubject[], parameters: z.output<Schema>): Staged<Alignment>;
  /** @throws Fault align/different-rows, align/not-finite */
  fit(subjects: readonly AlignSubject[], parameters: z.output<Schema>): Staged<Alignment>;
  /** How one more subject, with the same T rows, comes into a space that was built without them. */
  addSubject(alignment: Alignment, subject: AlignSubject, parameters: z.output<Schema>): Staged<Transform>;
}
