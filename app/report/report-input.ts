import type { Problem } from "#app/contract/dataset.ts";
import type { Plan } from "#app/contract/plan.ts";
import type { Work } from "#app/contract/references.ts";
import type { EvaluationResult, Preparation } from "#app/contract/result.ts";
import type { InputFile, Origin } from "#app/results/run-folder.ts";

/** What a report tells of: a run's Plan and numbers, and where they come from. */
export interface ReportInput {
  readonly plan: Plan;
  readonly result: EvaluationResult;
  readonly preparation: Preparation;
  readonly origin: Origin;
  readonly dataset: ReportDataset;
  readonly method: ReportMethod;
  /** null where nothing was aligned. */
  readonly isc: IscSummary | null;
  readonly inputs: readonly InputFile[];
}

export interface ReportDataset {
  readonly path: string;
  /** The runs used, in order, and the samples each gave. */
  readonly runs: readonly { readonly run: string; readonly align: number; readonly classify: number }[];
  readonly repetitionTimeSeconds: number | null;
  /** What was odd about its names and headers. */
  readonly problems: readonly Problem[];
  /** The files of the cortex that distances were measured along, as in `inputs`; none of a volume. */
  readonly cortex: readonly string[];
  /** How the makers of the data wish to be cited: what their description says. */
  readonly credit: readonly string[];
}

/** The method of alignment with all its parameters, defaults filled in. */
export interface ReportMethod {
  readonly name: string;
  readonly label: string;
  readonly references: readonly Work[];
  readonly parameters: Readonly<Record<string, unknown>>;
  /** Whether it was led by labels of the rows aligned on. */
  readonly usesLabels: boolean;
}

/** Inter-subject correlation of held-out rows: of each subject, the mean over voxels (by Fisher's z). */
export interface IscSummary {
  /** Voxels with a value before and after alignment in every subject. */
  readonly voxels: number;
  readonly before: readonly number[];
  readonly after: readonly number[];
}
