/** 3 × 4 map of mm to voxel indices. */
export function inverseOf(affine: readonly number[]): number[] {
  const m = (row: number, column: number) => affine[row * 4 + column] as number;
  const minor = (row: number, column: number) => {
    const [r, s] = [(row + 1) % 3, (row + 2) % 3];
    const [c, d] = [(column + 1) % 3, (column + 2) % 3];
    return m(r, c) * m(s, d) - m(r, d) * m(s, c);
  };
  const determinant = m(0, 0) * minor(0, 0) + m(0, 1) * minor(0, 1) + m(0, 2) * minor(0, 2);
  return [0, 1, 2].flatMap((row) => {
    const line = [0, 1, 2].map((column) => minor(column, row) / determinant);
    const moved = line.reduce((sum, value, k) => sum - value * m(k, 3), 0);
    return [...line, moved];
  });
}

export function apply(
  map: readonly number[],
  point: readonly [number, number, number],
): [number, number, number] {
  return [0, 1, 2].map((row) =>
    [0, 1, 2].reduce(
      (sum, column) => sum + (map[row * 4 + column] as number) * (point[column] as number),
      map[row * 4 + 3] as number,
    ),
  ) as [number, number, number];
}
