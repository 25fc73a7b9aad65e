import { gramSvd, polarFactor } from "#app/linalg/gram-svd.ts";
import type { Linalg } from "#app/linalg/linalg.ts";
import { firstColumns, type Matrix, rowsInPlace, scaledColumns, stackColumns } from "#app/linalg/matrix.ts";
import { columnDots } from "#app/linalg/vector.ts";

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
export function pcaTemplate(linalg: Linalg, input: PcaTemplateInput): Matrix {
  const { samples, laid, components, scale } = input;
  const wide = samples.reduce((sum, { columns }) => sum + columns, 0) > (samples[0] as Matrix).rows;
  if (wide && scale === "pca") {
    const whole = uncut(linalg, input);
    if (whole !== null) return whole;
  }
  const own = samples.map((one) => linalg.centre(one).matrix);
  const grams = wide ? own.map((one) => linalg.gram(one)) : null;
  const { directions, values, shares } = grams === null ? byVoxels(linalg, own) : bySamples(linalg, grams);
  const count = Math.min(components, (laid[0] as Matrix).columns, directions.columns);
  const each = scale === "pca" ? null : shares();
  const scores = scaledColumns(firstColumns(directions, count), (k) => {
    const value = values[k] as number;
    if (each === null) return value / Math.sqrt(samples.length);
    const parts = each.map((share) => share[k] as number);
    return value * (scale === "pcav1" ? meanOf(parts) : Math.exp(meanOf(parts.map(Math.log))));
  });
  return laidOver(linalg, scores, laid);
}

/** Scores, T × k, turned by one rotation so that they lie over the voxels as the subjects do: T × V. */
function laidOver(linalg: Linalg, scores: Matrix, laid: readonly Matrix[]): Matrix {
  const mean = total(linalg, laid);
  // The wide way round: a polar factor goes by the shorter side, and would turn it over.
  if (scores.columns <= mean.columns) {
    const topography = linalg.multiply(scores, mean, { left: true });
    return linalg.multiply(scores, polarFactor(linalg, topography).factor);
  }
  const topography = linalg.multiply(mean, scores, { left: true });
  return linalg.multiply(scores, polarFactor(linalg, topography).factor, { right: true });
}

/**
 * The same where all components are kept: with scores S·Q for any rotation Q, S·Q·polar(QᵀSᵀL) is S·polar(SᵀL), so that
 * a Cholesky root of all subjects' Gram matrix serves as well as its principal axes, at a tenth of their time. Null where
 * components are to be cut.
 */
function uncut(linalg: Linalg, { samples, laid, components }: PcaTemplateInput): Matrix | null {
  const { rows, columns } = laid[0] as Matrix;
  const most = Math.min(components, columns);
  // Centred samples have one direction less than rows.
  if (most < rows - 1) return null;
  const [first, ...others] = samples as readonly [Matrix, ...Matrix[]];
  const gram = linalg.gram(linalg.centre(first).matrix);
  // One after the other, so that all that is needed at once stays in the cache.
  for (const one of others) linalg.within(() => linalg.addGram(gram, linalg.centre(one).matrix));
  const { root } = linalg.root(gram, rows);
  if (root.columns > most) return null;
  return laidOver(linalg, linalg.blend([root], [samples.length ** -0.5], false), laid);
}

/** Left singular vectors of all voxels side by side, T × k, their values, and the norm of each subject's part of V. */
interface Components {
  readonly directions: Matrix;
  readonly values: Float64Array;
  readonly shares: () => readonly Float64Array[];
}

/** By the subjects' T × T Gram matrices: the part of V is the samples along U, over the value. */
function bySamples(linalg: Linalg, grams: readonly Matrix[]): Components {
  const { values: squares, vectors } = linalg.eigenSymmetric(total(linalg, grams));
  const rank = squares.filter((square) => square > CUT * (squares[0] as number)).length;
  const directions = firstColumns(vectors, rank);
  const values = squares.slice(0, rank).map(Math.sqrt);
  const shares = () =>
    grams.map((gram) =>
      columnDots(linalg.multiply(gram, directions), directions).map(
        (along, k) => Math.sqrt(Math.max(0, along)) / (values[k] as number),
      ),
    );
  return { directions, values, shares };
}

/** By the Gram matrix of all voxels, where there are fewer of them than samples. */
function byVoxels(linalg: Linalg, own: readonly Matrix[]): Components {
  const { u: directions, values, v } = gramSvd(linalg, stackColumns(own));
  const shares = () => {
    let row = 0;
    return own.map(({ columns }) => {
      const part = rowsInPlace(v, row, columns);
      row += columns;
      return columnDots(part, part).map(Math.sqrt);
    });
  };
  return { directions, values, shares };
}

function meanOf(values: readonly number[]): number {
  return values.reduce((all, value) => all + value, 0) / values.length;
}

function total(linalg: Linalg, parts: readonly Matrix[]): Matrix {
  return linalg.blend(
    parts,
    parts.map(() => 1),
    false,
  );
}
