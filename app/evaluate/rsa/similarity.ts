import type { SimilaritySide } from "#app/contract/similarity.ts";
import type { Linalg } from "#app/linalg/linalg.ts";
import type { Matrix } from "#app/linalg/matrix.ts";
import { mean } from "../mean-and-sem.ts";
import { agreementOf } from "./agreement.ts";
import { meanOfThose } from "./pattern-correlations.ts";
import { plane } from "./scaling.ts";
import { spearman } from "./spearman.ts";

/** More patterns than that are no picture, and take long. */
const MOST_PLACES = 1500;

/** What a fold's patterns of K classes in S subjects say. */
export interface Patterns {
  /** (S·K) × (S·K): see `patternCorrelations`. */
  readonly correlations: Matrix;
  /** Of each subject K × K: see `dissimilarity`; null where 1 − correlation is asked for. */
  readonly dissimilarities: readonly Matrix[] | null;
}

/** A model's values of all pairs of classes, by rows above the diagonal; NaN of a pair that it lacks. */
export interface ModelTriangle {
  readonly name: string;
  readonly values: readonly number[];
}

export interface SimilarityInput {
  readonly folds: readonly Patterns[];
  readonly classes: number;
  readonly models: readonly ModelTriangle[];
}

/** What patterns say over all folds. */
export function similarityOf(linalg: Linalg, { folds, classes, models }: SimilarityInput): SimilaritySide {
  const all = meanOfThose(folds.map(({ correlations }) => correlations));
  const subjects = all.rows / classes;
  const of = (a: number, i: number, b: number, j: number) =>
    all.data[(a * classes + i) * all.columns + b * classes + j] as number;
  const everyone = Array.from({ length: subjects }, (_, at) => at);
  const table = (value: (i: number, j: number) => number) =>
    Array.from({ length: classes }, (_, i) =>
      Array.from({ length: classes }, (__, j) => {
        const found = value(i, j);
        return Number.isFinite(found) ? found : null;
      }),
    );
  const unlike = everyone.map((at): ((i: number, j: number) => number) => {
    const own = folds.flatMap(({ dissimilarities }) => dissimilarities?.[at] ?? []);
    if (own.length === 0) return (i, j) => 1 - of(at, i, at, j);
    const { data } = meanOfThose(own);
    return (i, j) => data[i * classes + j] as number;
  });
  const triangles = unlike.map((value) => {
    const own: number[] = [];
    for (let i = 0; i < classes; i++) for (let j = i + 1; j < classes; j++) own.push(value(i, j));
    return own;
  });
  const whole = triangles.every((own) => own.every(Number.isFinite));
  const finite = all.data.every(Number.isFinite);
  return {
    between: table((i, j) =>
      mean(everyone.flatMap((a) => everyone.filter((b) => b !== a).map((b) => of(a, i, b, j)))),
    ),
    dissimilarity: table((i, j) => mean(unlike.map((value) => value(i, j)))),
    // Of three dissimilarities and fewer an order says nothing.
    agreement: whole && classes > 3 ? agreementOf(triangles) : null,
    places: finite && all.rows <= MOST_PLACES ? placesOf(plane(linalg, all)) : null,
    models: models.map(({ name, values }) => ({
      name,
      perSubject: triangles.map((own) => withModel(own, values)),
    })),
  };
}

/** Over the pairs that both have; null where one of them does not vary in these. */
function withModel(own: readonly number[], model: readonly number[]): number | null {
  const both = own.flatMap((value, at) => {
    const other = model[at] as number;
    return Number.isFinite(value) && Number.isFinite(other) ? [{ value, other }] : [];
  });
  const found = spearman(
    both.map(({ value }) => value),
    both.map(({ other }) => other),
  );
  return Number.isFinite(found) ? found : null;
}

function placesOf({ rows, data }: Matrix): (readonly [number, number])[] {
  return Array.from({ length: rows }, (_, at) => [data[2 * at] as number, data[2 * at + 1] as number]);
}
