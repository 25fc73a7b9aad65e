import type { EvaluationResult } from "./result.ts";
import { type ConditionTable, dissimilarityLabels } from "./similarity.ts";

/** Conditions by conditions, or patches by patches, before alignment and after, on one scale. */
export interface Tables {
  readonly name: string;
  /** For file names. */
  readonly file: string;
  readonly note: string;
  /** Of the rows, and of the columns. */
  readonly names: readonly string[];
  /** Where they lie, in mm, where they are patches; null of conditions. */
  readonly places: readonly (readonly [number, number, number])[] | null;
  readonly before: ConditionTable;
  /** Null where nothing was aligned. */
  readonly after: ConditionTable | null;
  /** The value without colour, and how far from it the scale ends. */
  readonly zero: number;
  readonly most: number;
  /** Said under each; "" where there is nothing to say. */
  readonly told: { readonly before: string; readonly after: string };
}

/** What was found of conditions, or patches, two by two. */
export function tablesOf({ classes, similarity, pairs, connectivity }: EvaluationResult): Tables[] {
  const names = classes;
  const tables: Tables[] = [];
  if (similarity !== null) {
    const { anatomical, aligned } = similarity;
    tables.push(
      {
        name: "Correlation between subjects",
        file: "between",
        names,
        places: null,
        note: "Correlation of a subject's mean pattern of the condition in the row with another subject's of that in the column, over all pairs.",
        before: anatomical.between,
        after: aligned.between,
        ...scaleOf([anatomical.between, aligned.between]),
        told: { before: "", after: "" },
      },
      {
        name: "Dissimilarity within subjects",
        file: "dissimilarity",
        names,
        places: null,
        note: `By ${dissimilarityLabels[similarity.dissimilarity]} of two conditions' mean patterns within a subject, mean over subjects.`,
        before: anatomical.dissimilarity,
        after: aligned.dissimilarity,
        ...scaleOf([anatomical.dissimilarity, aligned.dissimilarity]),
        told: { before: ceilingText(anatomical.agreement), after: ceilingText(aligned.agreement) },
      },
    );
  }
  const anatomical = pairs?.anatomical;
  if (anatomical !== undefined) {
    tables.push({
      name: "Accuracy of pairs",
      file: "pairs",
      names,
      places: null,
      note: "How often two conditions are told apart between subjects by a classifier of these two alone, mean over subjects; chance, without colour, is one half.",
      before: anatomical.table,
      after: pairs?.aligned?.table ?? null,
      zero: 0.5,
      most: 0.5,
      told: { before: pairText(anatomical.mean), after: pairText(pairs?.aligned?.mean ?? null) },
    });
  }
  if (connectivity !== null) {
    const { patches, before, after } = connectivity;
    tables.push({
      name: "Connectivity between subjects (ISFC)",
      file: "isfc",
      names: patches.map(({ centreMm }) =>
        centreMm.map((mm) => `${Math.round(mm)}`.replace("-", "−")).join(" "),
      ),
      places: patches.map(({ centreMm }) => centreMm),
      note: `Correlation of a subject's mean course in one patch with the others' in another, both ways, mean over subjects. ${patches.length} patches made by place alone, named by their middles in mm: left before right, each from the front to the back.`,
      before,
      after,
      ...scaleOf([before, ...(after === null ? [] : [after])]),
      told: { before: "", after: "" },
    });
  }
  // What could not be compared is said in a remark, not drawn as nothing.
  return tables.filter(({ before }) => before.some((row) => row.some((value) => value !== null)));
}

function scaleOf(tables: readonly ConditionTable[]): Pick<Tables, "zero" | "most"> {
  return { zero: 0, most: Math.max(1e-6, ...tables.flat(2).map((value) => Math.abs(value ?? 0))) };
}

/** "Noise ceiling: … at ρ = .67 …" */
function ceilingText(agreement: NonNullable<EvaluationResult["similarity"]>["aligned"]["agreement"]): string {
  if (agreement === null) return "";
  const mean = (values: readonly number[]) =>
    (values.reduce((sum, value) => sum + value, 0) / values.length).toFixed(2);
  return `Noise ceiling: a subject's dissimilarities go with the mean of the others' at ρ = ${mean(agreement.lower)}, with the mean of all at ${mean(agreement.upper)}.`;
}

function pairText(mean: number | null): string {
  return mean === null ? "" : `Mean over pairs and subjects: ${(100 * mean).toFixed(1)} %.`;
}
