import { spearman } from "./spearman.ts";

/** How far each subject's dissimilarities go with the others': Spearman's correlation with a mean. */
export interface Agreement {
  /** With the mean of the others: what a model could reach at least (Nili et al. 2014, doi 10.1371/journal.pcbi.1003553). */
  readonly lower: readonly number[];
  /** With the mean of all, themselves among them: what it could reach at most. */
  readonly upper: readonly number[];
}

/** Of each subject's upper triangle, row by row. */
export function agreementOf(triangles: readonly (readonly number[])[]): Agreement {
  const sums = (triangles[0] ?? []).map((_, at) =>
    triangles.reduce((sum, own) => sum + (own[at] as number), 0),
  );
  return {
    lower: triangles.map((own) =>
      spearman(
        own,
        sums.map((sum, at) => sum - (own[at] as number)),
      ),
    ),
    upper: triangles.map((own) => spearman(own, sums)),
  };
}
