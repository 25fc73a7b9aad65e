import type { z } from "zod";
import type { Matrix } from "#app/linalg/matrix.ts";
import type { Staged, TaskTable } from "#app/linalg/task.ts";
import type { Transform } from "./transform.ts";

/** One subject's samples to align on: T × V, z-scored per run, and the dataset's voxel behind each column. */
export interface AlignSubject {
  readonly samples: Matrix;
  readonly voxels: Int32Array;
}

/** The common space (T × V_reference) and each subject's way into it. */
export interface Alignment {
  readonly commonSpace: Matrix;
  readonly commonVoxels: Int32Array;
  readonly reference: number;
  readonly transforms: readonly Transform[];
}

/** A method of alignment. To add one, write one more file with one of these and list it in `aligners.ts`. */
export interface Aligner<Schema extends z.ZodType = z.ZodType> {
  readonly name: string;
  readonly label: string;
  readonly citation: string;
  /** Labels, help and defaults are in the schema's metadata: the form and the command line read them there. */
  readonly parameters: Schema;
  readonly tasks: TaskTable;
  /** How many tasks a fit of so many subjects yields: progress is measured by it. */
  tasksOfFit(subjects: number, parameters: z.output<Schema>): number;
  /** @throws Fault align/different-rows, align/not-finite */
  fit(subjects: readonly AlignSubject[], parameters: z.output<Schema>): Staged<Alignment>;
  /** How one more subject, with the same T rows, comes into a space that was built without them. */
  addSubject(alignment: Alignment, subject: AlignSubject, parameters: z.output<Schema>): Staged<Transform>;
}
