import type { Matrix } from "./matrix.ts";

/** Which operands of a product are transposed. */
export interface Transposed {
  readonly left?: boolean;
  readonly right?: boolean;
}

/** A = U · diag(values) · Vᵀ, thin: U rows × k, V columns × k, k = min(rows, columns), values descending. */
export interface Svd {
  readonly u: Matrix;
  readonly values: Float64Array;
  readonly v: Matrix;
}

/** A = vectors · diag(values) · vectorsᵀ for a symmetric A; values descending, vectors in columns. */
export interface Eigen {
  readonly values: Float64Array;
  readonly vectors: Matrix;
}

/**
 * The polar factor U·Vᵀ of A = U·S·Vᵀ over the singular values above the rank cut: a partial isometry,
 * rows × columns. `nuclearNorm` is the sum of those singular values, `rank` their number.
 */
export interface Polar {
  readonly factor: Matrix;
  readonly nuclearNorm: number;
  readonly rank: number;
}

/** Columns without their means: the matrix, the means (one a column), the sum of squares of what is left. */
export interface Centred {
  readonly matrix: Matrix;
  readonly means: Float64Array;
  readonly squaredNorm: number;
}

/**
 * The dense kernels the science needs. All are single-threaded, deterministic and in double precision;
 * `native.ts` and `portable.ts` implement them and agree to 1e-8.
 */
export interface Linalg {
  readonly name: "native" | "portable";
  /** The class of CPU kernels in use: part of a step's hash, since it decides the last bits. */
  readonly kernels: string;
  /** op(A) · op(B). */
  multiply(a: Matrix, b: Matrix, transposed?: Transposed): Matrix;
  /** A·Aᵀ, rows × rows. */
  gram(a: Matrix): Matrix;
  /** This and the next two refuse a matrix with a value that is not a finite number. */
  svd(a: Matrix): Svd;
  eigenSymmetric(a: Matrix): Eigen;
  /** Singular values up to `max(rows, columns) · ε · s₀` (relative to the largest, s₀) are cut. */
  polar(a: Matrix): Polar;
  centre(a: Matrix): Centred;
  /** to += factor · from, of one size. */
  addScaled(to: Matrix, from: Matrix, factor: number): void;
  /** Columns to mean 0 and standard deviation 1 (ddof 0) in place; constant columns are only centred. */
  zscore(a: Matrix): void;
  /** Gives memory that was freed back to the system, where the system's allocator must be asked. */
  giveBackMemory(): void;
}
