import { polarFactor } from "#app/linalg/gram-svd.ts";
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
 * "pcav1" and "pcav2" a component counts as much as the arithmetic or geometric mean of its subjects' shares. All of it
 * from the subjects' T × T Gram matrices; components beyond the template's voxels or the rank are left out.
 */
export function pcaTemplate(linalg: Linalg, { samples, laid, components, scale }: PcaTemplateInput): Matrix {
  const grams = samples.map((own) => linalg.gram(linalg.centre(own).matrix));
  const { values, vectors } = linalg.eigenSymmetric(sum(grams));
  const width = (laid[0] as Matrix).columns;
  const rank = values.filter((value) => value > CUT * (values[0] as number)).length;
  const directions = firstColumns(vectors, Math.min(components, width, rank));
  const shares = grams.map((gram) => alongOf(linalg, gram, directions));
  const scores = scaledColumns(directions, (k) => {
    const own = shares.map((share) => Math.sqrt(Math.max(0, share[k] as number)));
    if (scale === "pcav1") return own.reduce((all, one) => all + one, 0) / own.length;
    if (scale === "pcav2") return Math.exp(own.reduce((all, one) => all + Math.log(one), 0) / own.length);
    return Math.sqrt((values[k] as number) / samples.length);
  });
  const topography = linalg.multiply(scores, sum(laid), { left: true });
  return linalg.multiply(scores, polarFactor(linalg, topography).factor);
}

/** uᵀ·G·u of each column u. */
function alongOf(linalg: Linalg, gram: Matrix, directions: Matrix): Float64Array {
  const turned = linalg.multiply(gram, directions);
  const out = new Float64Array(directions.columns);
  for (let at = 0, column = 0; at < turned.data.length; at++) {
    out[column] = (out[column] as number) + (turned.data[at] as number) * (directions.data[at] as number);
    column = column + 1 === out.length ? 0 : column + 1;
  }
  return out;
}
