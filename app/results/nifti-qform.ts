/** A rotation and offset as the header's qform has them. */
export interface Qform {
  /** −1 where the grid is left-handed: the third axis is then turned round. */
  readonly handedness: 1 | -1;
  /** b, c and d of the unit quaternion; a = √(1 − b² − c² − d²) is not stored. */
  readonly quaternion: readonly [number, number, number];
  /** Millimetres. */
  readonly offset: readonly [number, number, number];
}

/** Cosine of an angle between two axes of a grid up to which they count as perpendicular. */
const largestCosine = 1e-5;

/**
 * The qform of an affine (4×4, row-major, voxel → mm) of perpendicular axes; null for a sheared or singular one, which
 * a qform can't say. After nifti_mat44_to_quatern of the NIfTI-1 reference library.
 */
export function qformOf(affine: readonly number[]): Qform | null {
  const column = (at: number): number[] => [0, 4, 8].map((row) => affine[row + at] as number);
  const axes = [0, 1, 2].map((at) => {
    const size = Math.hypot(...column(at));
    return column(at).map((value) => value / size);
  }) as [number[], number[], number[]];
  const [i, j, k] = axes;
  const cosines = [dot(i, j), dot(j, k), dot(k, i)];
  if (!cosines.every((cosine) => Math.abs(cosine) <= largestCosine)) return null;
  const handedness = dot(cross(i, j), k) < 0 ? -1 : 1;
  const rotation = [i, j, k.map((value) => value * handedness)];
  const [x, y, z] = column(3) as [number, number, number];
  return {
    handedness,
    quaternion: quaternionOf((row, at) => rotation[at]?.[row] as number),
    offset: [x, y, z],
  };
}

/** Through the largest of the four, so that none is divided by what round-off made of a zero. */
function quaternionOf(r: (row: number, column: number) => number): [number, number, number] {
  const squares = [
    1 + r(0, 0) + r(1, 1) + r(2, 2),
    1 + r(0, 0) - r(1, 1) - r(2, 2),
    1 - r(0, 0) + r(1, 1) - r(2, 2),
    1 - r(0, 0) - r(1, 1) + r(2, 2),
  ];
  const largest = squares.indexOf(Math.max(...squares));
  const half = Math.sqrt(squares[largest] as number) / 2;
  const sum = (p: number, q: number) => (r(p, q) + r(q, p)) / (4 * half);
  const difference = (p: number, q: number) => (r(p, q) - r(q, p)) / (4 * half);
  const all = [
    () => [half, difference(2, 1), difference(0, 2), difference(1, 0)],
    () => [difference(2, 1), half, sum(0, 1), sum(0, 2)],
    () => [difference(0, 2), sum(0, 1), half, sum(1, 2)],
    () => [difference(1, 0), sum(0, 2), sum(1, 2), half],
  ][largest]?.() as [number, number, number, number];
  // The same rotation with a ≥ 0, as its root is taken.
  const sign = all[0] < 0 ? -1 : 1;
  return [sign * all[1], sign * all[2], sign * all[3]];
}

function dot(a: readonly number[], b: readonly number[]): number {
  return a.reduce((sum, value, at) => sum + value * (b[at] as number), 0);
}

function cross(a: readonly number[], b: readonly number[]): number[] {
  const [ax, ay, az] = a as [number, number, number];
  const [bx, by, bz] = b as [number, number, number];
  return [ay * bz - az * by, az * bx - ax * bz, ax * by - ay * bx];
}
