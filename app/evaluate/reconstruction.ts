import type { Matrix } from "#app/linalg/matrix.ts";
import { columnSums } from "#app/linalg/vector.ts";
import { columnCorrelations, meanFisherZ } from "./isc/isc.ts";

/** How well rows of a subject were foretold: means over the voxels that vary; NaN where none does. */
export interface ReconstructionScore {
  /** 1 − Σ(y − ŷ)² / Σ(y − ȳ)². */
  readonly r2: number;
  /** 1 − Σ(y − ŷ)² / Σy². */
  readonly eta: number;
  /** Of y with ŷ, by Fisher's z. */
  readonly correlation: number;
}

/** A voxel foretold worse than by its negative counts as this: one may not outweigh all others (fmralign.metrics). */
const WORST = -1;

/** own: rows × V; foretold: the same rows as they were expected. */
export function reconstruction(own: Matrix, foretold: Matrix): ReconstructionScore {
  const { r2, eta } = reconstructionByVoxel(own, foretold);
  return {
    r2: meanOfThose(r2),
    eta: meanOfThose(eta),
    correlation: Math.tanh(meanFisherZ(columnCorrelations(own, foretold))),
  };
}

/** The same voxel by voxel; NaN of one that does not vary. */
export function reconstructionByVoxel(own: Matrix, foretold: Matrix): Record<"r2" | "eta", Float64Array> {
  const { rows, columns } = own;
  const means = columnSums(own).map((total) => total / rows);
  const [apart, about, squares] = [0, 1, 2].map(() => new Float64Array(columns)) as [
    Float64Array,
    Float64Array,
    Float64Array,
  ];
  for (let row = 0, at = 0; row < rows; row++) {
    for (let column = 0; column < columns; column++, at++) {
      const value = own.data[at] as number;
      apart[column] = (apart[column] as number) + (value - (foretold.data[at] as number)) ** 2;
      about[column] = (about[column] as number) + (value - (means[column] as number)) ** 2;
      squares[column] = (squares[column] as number) + value ** 2;
    }
  }
  const share = (of: Float64Array) =>
    apart.map((error, column) =>
      (about[column] as number) > 0 ? Math.max(WORST, 1 - error / (of[column] as number)) : Number.NaN,
    );
  return { r2: share(about), eta: share(squares) };
}

function meanOfThose(values: Float64Array): number {
  const found = values.filter((value) => !Number.isNaN(value));
  return found.reduce((total, value) => total + value, 0) / found.length;
}
