import type { ClassifierOf } from "#app/contract/classifier.ts";
import type { Linalg } from "#app/linalg/linalg.ts";
import {
  addDiagonal,
  lessOffsets,
  type Matrix,
  scaled,
  scaledColumns,
  stackRows,
  takeRows,
} from "#app/linalg/matrix.ts";
import { meanPatterns } from "../mean-patterns.ts";
import { type Classifier, classesOf, highestScores } from "./classifier.ts";
import { momentsOf } from "./moments.ts";
import { ledoitWolfShrinkage } from "./shrinkage.ts";

type Shrinkage = ClassifierOf<"discriminant-analysis">["shrinkage"];

/** Linear discriminant analysis with a shrunken covariance, as scikit-learn's with the solver "lsqr". */
export function discriminantAnalysis(shrinkage: Shrinkage): Classifier {
  return {
    prepare: (linalg, train, test) => (labels) =>
      highestScores(discriminants(linalg, shrinkage, { train, test, labels }), classesOf(labels)),
  };
}

interface Samples {
  readonly train: Matrix;
  readonly test: Matrix;
  readonly labels: readonly number[];
}

/** A feature's variance is taken for no less than this share of what it is without shrinkage. */
const LEAST = 1e-9;

/**
 * Of each sample to label and class xᵀC⁻¹μ − ½μᵀC⁻¹μ + log share, samples × classes. The covariance C, the mean of the
 * classes' own by their shares, is a diagonal D and what n samples make, UᵀU (U: n × V): it is never formed, and C⁻¹ is
 * D⁻¹ − D⁻¹Uᵀ(I + UD⁻¹Uᵀ)⁻¹UD⁻¹.
 */
export function discriminants(
  linalg: Linalg,
  shrinkage: Shrinkage,
  { train, test, labels }: Samples,
): Matrix {
  const classes = classesOf(labels);
  const means = meanPatterns(train, labels, classes);
  const shares = classes.map((one) => labels.filter((label) => label === one).length / labels.length);
  const { diagonal, spread } = covariance(linalg, shrinkage, { train, labels, classes });
  // A feature that never varies within a class is left out, as by the pseudoinverse of C.
  const inverse = diagonal.map((value) => (value > 0 ? 1 / value : 0));
  const weighted = (matrix: Matrix) => scaledColumns(matrix, (column) => inverse[column] as number);
  const inner = linalg.gram(scaledColumns(spread, (column) => Math.sqrt(inverse[column] as number)));
  addDiagonal(inner, 1);
  const crossed = linalg.multiply(weighted(spread), means, { right: true });
  const solved = linalg.solve(inner, crossed);
  const weights = weighted(means);
  const correction = weighted(linalg.multiply(solved, spread, { left: true }));
  for (let at = 0; at < weights.data.length; at++) {
    weights.data[at] = (weights.data[at] as number) - (correction.data[at] as number);
  }
  const out = linalg.multiply(test, weights, { right: true });
  const offsets = classes.map((_, at) => {
    let product = 0;
    for (let k = at * means.columns; k < (at + 1) * means.columns; k++) {
      product += (means.data[k] as number) * (weights.data[k] as number);
    }
    return Math.log(shares[at] as number) - 0.5 * product;
  });
  return {
    ...out,
    data: out.data.map((value, at) => value + (offsets[at % classes.length] as number)),
  };
}

interface Classes extends Omit<Samples, "test"> {
  readonly classes: readonly number[];
}

/** D and U of the mean of the classes' shrunken covariances, by their shares. */
function covariance(linalg: Linalg, shrinkage: Shrinkage, { train, labels, classes }: Classes) {
  const diagonal = new Float64Array(train.columns);
  const floor = new Float64Array(train.columns);
  const parts = classes.map((one) => {
    const own = takeRows(
      train,
      labels.flatMap((label, row) => (label === one ? [row] : [])),
    );
    const share = own.rows / labels.length;
    const { means, variances } = momentsOf(own);
    const centred = lessOffsets(own, means);
    const { amount, variance } = shrunk(linalg, shrinkage, centred, variances);
    for (let v = 0; v < diagonal.length; v++) {
      diagonal[v] = (diagonal[v] as number) + share * amount * variance(v);
      floor[v] = (floor[v] as number) + share * LEAST * (variances[v] as number);
    }
    // (1 − amount)·share·XᵀX/n, and share/n is one in all samples.
    return scaled(centred, Math.sqrt((1 - amount) / labels.length));
  });
  return {
    diagonal: diagonal.map((value, v) => Math.max(value, floor[v] as number)),
    spread: stackRows(parts),
  };
}

/** How much a class's covariance is shrunk, and the variance that each feature is shrunk to. */
function shrunk(linalg: Linalg, shrinkage: Shrinkage, centred: Matrix, variances: Float64Array) {
  if (shrinkage !== "ledoit-wolf") {
    const mean = variances.reduce((sum, value) => sum + value, 0) / variances.length;
    return { amount: shrinkage, variance: () => mean };
  }
  // Of features in units of their spread, which is then put back: they are shrunk to the mean of ones and zeros.
  const scale = variances.map((value) => (value > 0 ? Math.sqrt(value) : 1));
  const amount = ledoitWolfShrinkage(
    linalg,
    scaledColumns(centred, (v) => 1 / (scale[v] as number)),
  );
  const mean = variances.filter((value) => value > 0).length / variances.length;
  return { amount, variance: (v: number) => mean * (scale[v] as number) ** 2 };
}
