import type { DissimilarityName } from "#app/contract/similarity.ts";
import type { Linalg } from "#app/linalg/linalg.ts";
import { type Matrix, takeRows, zeros } from "#app/linalg/matrix.ts";
import { meanPatterns } from "../mean-patterns.ts";
import { noiseOf, throughNoise } from "./noise.ts";

/** A subject's samples, each with its class, from 0. */
export interface Labelled {
  readonly samples: Matrix;
  readonly codes: readonly number[];
}

export interface DissimilarityInput {
  readonly measure: Exclude<DissimilarityName, "correlation">;
  readonly held: Labelled;
  /** Samples that the noise is seen in and, cross-validated, patterns are compared with; null where none are needed. */
  readonly learned: Labelled | null;
  readonly classes: number;
}

/**
 * Of a subject's classes two by two, K × K: the squared distance of their mean patterns over the number of voxels (Euclidean); in
 * units of the noise (Mahalanobis); or, cross-validated (crossnobis: Walther et al. 2016, doi
 * 10.1016/j.neuroimage.2015.12.012), the difference of two patterns held out times that of the same two learned, which noise
 * makes no larger: it may be negative. NaN of classes that are missing, and of all where there is nothing to see noise in.
 */
export function dissimilarity(
  linalg: Linalg,
  { measure, held, learned, classes }: DissimilarityInput,
): Matrix {
  const own = patternsOf(held);
  if (measure === "euclidean") {
    const products = linalg.multiply(own.means, own.means, { right: true });
    return spread(differences(products, held.samples.columns), own.present, classes);
  }
  const none = spread(zeros(0, 0), [], classes);
  if (learned === null || learned.codes.length === 0) return none;
  const other = patternsOf(learned);
  const places = learned.codes.map((code) => other.present.indexOf(code));
  const noise = noiseOf(learned.samples, places, other.means);
  if (noise === null) return none;
  if (measure === "mahalanobis") {
    const products = throughNoise(linalg, noise, own.means, own.means);
    return spread(differences(products, held.samples.columns), own.present, classes);
  }
  const both = own.present.filter((code) => other.present.includes(code));
  const of = ({ means, present }: Patterns) =>
    takeRows(
      means,
      both.map((code) => present.indexOf(code)),
    );
  const products = throughNoise(linalg, noise, of(own), of(other));
  return spread(differences(products, held.samples.columns), both, classes);
}

interface Patterns {
  readonly present: readonly number[];
  /** A row for each class that is present. */
  readonly means: Matrix;
}

function patternsOf({ samples, codes }: Labelled): Patterns {
  const present = [...new Set(codes)].sort((a, b) => a - b);
  return { present, means: meanPatterns(samples, codes, present) };
}

/** (aᵢ − aⱼ)·(bᵢ − bⱼ) of products a·bᵀ, over the number of voxels. */
export function differences({ rows, data }: Matrix, voxels: number): Matrix {
  const out = zeros(rows, rows);
  const of = (i: number, j: number) => data[i * rows + j] as number;
  for (let i = 0; i < rows; i++) {
    for (let j = 0; j < rows; j++) {
      if (i !== j) out.data[i * rows + j] = (of(i, i) + of(j, j) - of(i, j) - of(j, i)) / voxels;
    }
  }
  return out;
}

/** Among all classes, NaN where one is missing. */
function spread(found: Matrix, present: readonly number[], classes: number): Matrix {
  const out = zeros(classes, classes);
  out.data.fill(Number.NaN);
  present.forEach((i, row) => {
    present.forEach((j, column) => {
      out.data[i * classes + j] = found.data[row * found.columns + column] as number;
    });
  });
  return out;
}
