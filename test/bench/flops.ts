import type { Case } from "./cases.ts";

/**
 * Floating-point operations of a case, estimated; null where the number has no meaning.
 *
 * Products count 2 per multiplication and addition, symmetric ones half of that. A singular value decomposition
 * counts the bidiagonalisation and the turning back of both sets of vectors, an eigendecomposition likewise; what
 * divide-and-conquer does between them is not counted, since it depends on the values (Golub & Van Loan 2013,
 * §5.4.8 and §8.3). So a share says how much of the machine a method reaches, not how well it is written.
 */
export function flopsOf({ name, subjects, rows, voxels }: Case): number | null {
  if (subjects === null || rows === null || voxels === null) return null;
  switch (name) {
    case "gemm":
      return product(rows, voxels, voxels);
    case "gram":
      return gram(rows, voxels);
    case "svd":
      return svd(rows, voxels);
    case "polar":
      return polar(rows, voxels);
    case "eigen":
      return eigen(rows);
    case "hyperalignment":
      return hyperalignment(subjects, rows, voxels);
    case "srm":
      return srm(subjects, rows, voxels);
    case "weighted-mcca":
      return mcca(subjects, rows, voxels);
    default:
      return null;
  }
}

/** Of two narrow products a subject: four iterations, three to start and half of one to end; k = 20. */
function srm(subjects: number, rows: number, voxels: number): number {
  return subjects * 7.5 * 2 * product(rows, voxels, 20);
}

/** A smoother and a map of each subject, and the eigenvectors of their mean: T ≥ V. */
function mcca(subjects: number, rows: number, voxels: number): number {
  const root = gram(voxels, rows) + (2 / 3) * voxels ** 3;
  return subjects * (2 * root + product(rows, voxels, voxels) + gram(rows, voxels)) + eigen(rows);
}

/** As `WIDE_LIMIT` of procrustes.ts: above it the fits are between voxels, below it between samples. */
const WIDE = 0.9;

/**
 * N − 1 fits in level 1 and N each in levels 2 and 3; the rows moved, in levels 1 and 2. Where there are fewer
 * samples than voxels every subject has a root, and every target but the last, which level 3 shares, a Gram matrix of
 * its own. The completion is not counted.
 */
function hyperalignment(subjects: number, rows: number, voxels: number): number {
  const fits = 3 * subjects - 1;
  const moved = 2 * subjects - 1;
  if (rows > WIDE * voxels) {
    const fit = product(voxels, rows, voxels) + polar(voxels, voxels);
    return fits * fit + moved * product(rows, voxels, voxels);
  }
  const root = gram(rows, voxels) + rows ** 3 / 3;
  const congruence = product(rows, rows, rows) + gram(rows, rows);
  const fit = congruence + eigen(rows) + product(rows, rows, rows);
  const move = gram(rows, rows) + product(rows, rows, voxels);
  return subjects * root + (moved + 1) * gram(rows, voxels) + fits * fit + moved * move;
}

function product(rows: number, inner: number, columns: number): number {
  return 2 * rows * inner * columns;
}

function gram(rows: number, columns: number): number {
  return rows * rows * columns;
}

function eigen(size: number): number {
  return (4 / 3 + 2) * size ** 3;
}

/** Directly, or of the triangle after a QR decomposition where that is less. */
function svd(rows: number, columns: number): number {
  const n = Math.min(rows, columns);
  const m = Math.max(rows, columns);
  const direct = 4 * n * n * (m - n / 3) + 2 * m * n * n + 2 * n ** 3;
  const byTriangle = 2 * n * n * (m - n / 3) + (8 / 3 + 4) * n ** 3 + 2 * m * n * n;
  return Math.min(direct, byTriangle);
}

/** By the Gram matrix of the smaller side: its eigenvectors, their spread, and a product. */
function polar(rows: number, columns: number): number {
  const n = Math.min(rows, columns);
  const m = Math.max(rows, columns);
  return gram(n, m) + eigen(n) + gram(n, n) + product(n, n, m);
}
