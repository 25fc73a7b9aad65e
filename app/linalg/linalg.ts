import type { Matrix, PartPlace, Single } from "./matrix.ts";
import type { SparseMatrix } from "./sparse-matrix.ts";

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

/** G = root · rootᵀ of rank r: the root is rows × r. */
export interface Root {
  readonly root: Matrix;
  /** The last pivot beside the first: what G's condition is at least. */
  readonly sharpness: number;
}

/** The same with weights, rows × r: weightsᵀ · root = I. */
export interface WeightedRoot extends Root {
  readonly weights: Matrix;
}

/** Columns without their means: the matrix, the means (one a column), the sum of squares of what is left. */
export interface Centred {
  readonly matrix: Matrix;
  readonly means: Float64Array;
  readonly squaredNorm: number;
}

/** The same in single precision, with squares of what it was before. */
export interface CentredSingle {
  readonly matrix: Single;
  readonly means: Float64Array;
  readonly squaredNorm: number;
}

/**
 * The dense kernels the science needs. All are single-threaded, deterministic and, but for some, in double precision;
 * `native.ts` and `portable.ts` implement them and agree to 1e-8.
 */
export interface Linalg {
  readonly name: "native" | "portable";
  /** The class of CPU kernels in use: part of a step's hash, since it decides the last bits. */
  readonly kernels: string;
  /** op(A) · op(B). */
  multiply(a: Matrix, b: Matrix, transposed?: Transposed): Matrix;
  /** to += op(A) · op(B). */
  addProduct(to: Matrix, a: Matrix, b: Matrix, transposed?: Transposed): void;
  /**
   * op(A) · op(B) in single precision, to about 1e-6 of the largest value: of matrices that don't stay in the cache it takes
   * half of the time.
   */
  multiplySingle(a: Single, b: Single, transposed?: Transposed): Single;
  /** The same values in storage precision. */
  single(a: Matrix): Single;
  /** A·Aᵀ, rows × rows, symmetric to the bit. */
  gram(a: Matrix): Matrix;
  /** The same of A's first columns, as many as there are factors and each times its own. */
  scaledGram(a: Matrix, factors: Float64Array): Matrix;
  /** to += A·Aᵀ for a symmetric matrix, which stays so to the bit. */
  addGram(to: Matrix, a: Matrix): void;
  /** rootᵀ·G·root for a symmetric G (n × n) and a root of n × r: r × r; its lower triangle is what counts. */
  congruence(gram: Matrix, root: Matrix): Matrix;
  /** This and the next five refuse a matrix with a value that is not a finite number. */
  svd(a: Matrix): Svd;
  /** Of a square matrix. */
  determinant(a: Matrix): number;
  eigenSymmetric(a: Matrix): Eigen;
  /** X of gram · X = right, for a positive definite gram. */
  solve(gram: Matrix, right: Matrix): Matrix;
  /**
   * A root of a Gram matrix, by the Cholesky factorisation with pivots. `side` is the larger side of the matrix
   * behind it: pivots up to side · ε times the first are cut.
   */
  root(gram: Matrix, side: number): Root;
  weightedRoot(gram: Matrix, side: number): WeightedRoot;
  centre(a: Matrix): Centred;
  centreSingle(a: Matrix): CentredSingle;
  /** Σ weightₖ · spaceₖ of spaces of one size, summed in the order given; then as `zscore` if asked. */
  blend(spaces: readonly Matrix[], weights: readonly number[], zscore: boolean): Matrix;
  /** Columns to mean 0 and standard deviation 1 (ddof 0) in place; constant columns are only centred. */
  zscore(a: Matrix): void;
  /** Aᵀ. */
  transpose(a: Matrix): Matrix;
  /** The chosen columns, in the order given. */
  takeColumns(a: Matrix, columns: Int32Array): Matrix;
  /** The chosen rows as columns, in the order given: columns × chosen. */
  turnRows(a: Matrix, rows: Int32Array): Matrix;
  /** to[rows[i], columns[j]] += factors[i] · part[i, j]. */
  addPart(to: Matrix, part: Matrix, place: PartPlace): void;
  /** A · S for a sparse S. */
  timesSparse(a: Matrix, sparse: SparseMatrix): Matrix;
  /**
   * Calls `work`, after which the memory of all results of kernels within it may be used anew: what is to last must be
   * added to matrices from before. Small matrices by the thousand would spend more time on memory than on numbers.
   */
  within<T>(work: () => T): T;
  /** Gives memory that was freed back to the system, where the system's allocator must be asked. */
  giveBackMemory(): void;
}
