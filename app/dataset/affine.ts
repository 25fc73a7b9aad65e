/** The 3×4 map (row-major, 12 numbers) from voxels of grid `from` to voxels of grid `to`; null if `to` is singular. */
export function mapping(from: readonly number[], to: readonly number[]): number[] | null {
  const t = (r: number, c: number): number => to[r * 4 + c] ?? 0;
  const minor = (r: number, c: number): number => {
    const [r1, r2, c1, c2] = [(r + 1) % 3, (r + 2) % 3, (c + 1) % 3, (c + 2) % 3];
    return t(r1, c1) * t(r2, c2) - t(r1, c2) * t(r2, c1);
  };
  const determinant = t(0, 0) * minor(0, 0) + t(0, 1) * minor(0, 1) + t(0, 2) * minor(0, 2);
  if (!Number.isFinite(determinant) || Math.abs(determinant) < 1e-12) return null;
  const out: number[] = [];
  for (let r = 0; r < 3; r++) {
    for (let c = 0; c < 4; c++) {
      let sum = 0;
      for (let k = 0; k < 3; k++) {
        sum += (minor(k, r) / determinant) * ((from[k * 4 + c] ?? 0) - (c === 3 ? t(k, 3) : 0));
      }
      out.push(sum);
    }
  }
  return out;
}
