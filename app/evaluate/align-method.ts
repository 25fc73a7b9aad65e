import type { Choice, FitCourse } from "#app/contract/result.ts";
import type { Matrix, Values } from "#app/linalg/matrix.ts";
import type { Staged } from "#app/linalg/task.ts";
import type { InnerFold } from "./inner-folds.ts";

/** Labelled rows of some runs, over the same columns as what is aligned on. */
export interface RunLabels {
  readonly samples: Matrix;
  readonly codes: readonly number[];
  /** By row, which of the runs it is of, from 0. */
  readonly runs: readonly number[];
}

/** Rows to fit to of the subjects who make a space, cut in two: to fit to, and to try that on. */
export interface InnerRows extends Pick<AlignInput, "samples" | "voxels" | "labelled"> {
  readonly tried: (maker: number) => Matrix;
}

/** What a method's parameters, and how many voxels to keep, are chosen on: rows to fit to alone. */
export interface ChoiceInput {
  /** How many of the rows are of each run, in order. */
  readonly runLengths: readonly number[];
  /** An inner fold's rows over so many voxels, chosen by what it fits to; for null over those chosen by all rows to fit to. */
  readonly inner: (fold: InnerFold) => Staged<(voxels: number | null) => InnerRows>;
}

/** What a method of alignment is given in one fold. */
export interface AlignInput {
  /** Of each subject the rows to fit to; columns are the named voxels. */
  readonly samples: readonly Matrix[];
  readonly voxels: readonly Int32Array[];
  /** How many of the rows are of each run, in order. */
  readonly runLengths: readonly number[];
  /** A subject's labelled rows of the runs aligned on, asked for by methods that use them. */
  readonly labelled: (subject: number) => RunLabels | null;
  /** A subject who is not fitted with the others but added to their space; null where there is none. */
  readonly leftOut?: number | null;
  /** What was chosen to fit by; null where nothing was. */
  readonly choice: Choice | null;
  /** Whether nothing of the fit is looked at. */
  readonly beside?: boolean;
  /** A subject's rows to move, asked for after the fit, so that they don't lie in memory during it. */
  readonly held: (subject: number) => readonly Values[];
  /** Subjects for whom the mean of the others' rows to move, of the second kind, is brought into their own voxels. */
  readonly foretell?: readonly number[];
}

/** The Plan's method in one fold. */
export interface AlignMethod {
  /** Chooses among what the Plan says to try; null where it says one thing of all. */
  readonly choose: (input: ChoiceInput) => Staged<Choice | null>;
  /** Fits and moves other rows of the subjects into the common space. */
  readonly align: (input: AlignInput) => Staged<Moved>;
}

/** Rows of each subject in the common space, and how much each of its columns counts after the last z-score. */
export interface MovedRows {
  readonly moved: readonly (readonly Values[])[];
  /** null where all columns count alike. */
  readonly weights: Float64Array | null;
}

/** The samples aligned on have no more directions than so many. */
export interface FewerComponents {
  readonly asked: number;
  readonly made: number;
}

/** The same, and how to read the columns. */
export interface Moved extends MovedRows {
  /** The voxel of each column or, where columns are no voxels, of each column that `projection` makes of them. */
  readonly voxels: Int32Array;
  /** Of each subject to foretell, in their order: rows × the subject's voxels. */
  readonly foretold: readonly Matrix[];
  /** Columns (z-scored and weighted) × voxels. */
  readonly projection: Matrix | null;
  /** Where a space has fewer components than were asked for: so many, and so many it has. */
  readonly fewer: FewerComponents | null;
  /** How the fit went from iteration to iteration; null of a method without any. */
  readonly course: FitCourse | null;
}
