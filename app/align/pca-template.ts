import { beside, gramSvd, polarFactor } from "#app/linalg/gram-svd.ts";
import type { Linalg } from "#app/linalg/linalg.ts";
import { firstColumns, type Matrix, scaledColumns, sum } from "#app/linalg/matrix.ts";

/** How components of all subjects are scaled: see `pcaTemplate`. */
export type ComponentScale = "pca" | "pcav1" | "pcav2";

export interface PcaTemplateInput {
  /** Of each subject, T × V_i. */
  readonly samples: readonly Matrix[];
  /** The same over the template's columns, T × V each. */
  readonly laid: readonly Matrix[];
  readonly components: number;
  readonly scale: ComponentScale;
}

/** A component without variance is rounding: of a Gram matrix, some digits above ε. */
const CUT = 1e-10;

/**
 * The local template of Feilong et al. 2023: principal components of all subjects' voxels side by side (T × ΣV_i),
 * U·diag(s)/√N, turned by one rotation so that they lie over the voxels as the subjects do on average: T × V. With
 * "pcav1" and "pcav2" a component counts as much as the arithmetic or geometric mean of its subjects' shares. Components
 * beyond the template's voxels or the rank are left out.
 */
export function pcaTemplate(linalg: Linalg, { samples, laid, components, scale }: PcaTemplateInput): Matrix {
  const own = samples.map((one) => linalg.centre(one).matrix);
  const wide = own.reduce((sum, { columns }) => sum + columns, 0) > (own[0] as Matrix).rows;
  const { directions, values, shares } = wide ? bySamples(linalg, own) : byVoxels(linalg, own);
  const count = Math.min(components, (laid[0] as Matrix).columns, directions.columns);
  const scores = scaledColumns(firstColumns(directions, count), (k) => {
    const value = values[k] as number;
    const parts = shares.map((share) => share[k] as number);
    if (scale === "pcav1") return value * meanOf(parts);
    if (scale === "pcav2") return value * Math.exp(meanOf(parts.map(Math.log)));
    return value / Math.sqrt(samples.length);
  });
  const topography = linalg.multiply(scores, sum(laid), { left: true });
  return linalg.multiply(scores, polarFactor(linalg, topography).factor);
}

/** Left singular vectors of all voxels side by side, T × k, their values, and the norm of each subject's part of V. */
interface Components {
  readonly directions: Matrix;
  readonly values: Float64Array;
  readonly shares: readonly Float64Array[];
}

/** By the subjects' T × T Gram matrices: the part of V is the samples along U, over the value. */
function bySamples(linalg: Linalg, own: readonly Matrix[]): Components {
  const grams = own.map((one) => linalg.gram(one));
  const { values: squares, vectors } = linalg.eigenSymmetric(sum(grams));
  const rank = squares.filter((square) => square > CUT * (squares[0] as number)).length;
  const directions = firstColumns(vectors, rank);
  const values = squares.slice(0, rank).map(Math.sqrt);
  const shares = grams.map((gram) =>
    columnSums(linalg.multiply(gram, directions), directions).map(
      (along, k) => Math.sqrt(Math.max(0, along)) / (values[k] as number),
    ),
  );
  return { directions, values, shares };
}

/** By the Gram matrix of all voxels, where there are fewer of them than samples. */
function byVoxels(linalg: Linalg, own: readonly Matrix[]): Components {
  const { u: directions, values, v } = gramSvd(linalg, own.reduce(beside));
  let row = 0;
  const shares = own.map(({ columns }) => {
    const data = v.data.subarray(row * v.columns, (row + columns) * v.columns);
    row += columns;
    const part = { rows: columns, columns: v.columns, data };
    return columnSums(part, part).map(Math.sqrt);
  });
  return { directions, values, shares };
}

/** Of each column, the sum over rows of a · b. */
function columnSums(a: Matrix, b: Matrix): Float64Array {
  const out = new Float64Array(a.columns);
  for (let at = 0, column = 0; at < a.data.length; at++) {
    out[column] = (out[column] as number) + (a.data[at] as number) * (b.data[at] as number);
    column = column + 1 === out.length ? 0 : column + 1;
  }
  return out;
}

function meanOf(values: readonly number[]): number {
  return values.reduce((all, value) => all + value, 0) / values.length;
}
