import type { SimilaritySide } from "#app/contract/similarity.ts";
import type { Linalg } from "#app/linalg/linalg.ts";
import type { Matrix } from "#app/linalg/matrix.ts";
import { mean } from "../mean-and-sem.ts";
import { agreementOf } from "./agreement.ts";
import { meanOfThose } from "./pattern-correlations.ts";
import { plane } from "./scaling.ts";

/** More patterns than that are no picture, and take long. */
const MOST_PLACES = 1500;

/** What folds' correlations of patterns, (S·K) × (S·K), say of K classes and S subjects. */
export function similarityOf(linalg: Linalg, folds: readonly Matrix[], classes: number): SimilaritySide {
  const all = meanOfThose(folds);
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
  const triangles = everyone.map((at) => {
    const own: number[] = [];
    for (let i = 0; i < classes; i++) for (let j = i + 1; j < classes; j++) own.push(1 - of(at, i, at, j));
    return own;
  });
  const whole = triangles.every((own) => own.every(Number.isFinite));
  const finite = all.data.every(Number.isFinite);
  return {
    between: table((i, j) =>
      mean(everyone.flatMap((a) => everyone.filter((b) => b !== a).map((b) => of(a, i, b, j)))),
    ),
    dissimilarity: table((i, j) => mean(everyone.map((at) => 1 - of(at, i, at, j)))),
    // Of three dissimilarities and fewer an order says nothing.
    agreement: whole && classes > 3 ? agreementOf(triangles) : null,
    places: finite && all.rows <= MOST_PLACES ? placesOf(plane(linalg, all)) : null,
  };
}

function placesOf({ rows, data }: Matrix): (readonly [number, number])[] {
  return Array.from({ length: rows }, (_, at) => [data[2 * at] as number, data[2 * at + 1] as number]);
}
