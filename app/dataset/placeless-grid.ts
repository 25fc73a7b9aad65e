import type { Grid } from "#app/contract/dataset.ts";

const identity = [1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1];

/**
 * The grid of columns that have no place in a volume: the columns of its structures, one structure after the other.
 * @param digest of what each column is, where the structures do not tell
 */
export function placeless(
  kind: "surface" | "grayordinates",
  structures: NonNullable<Grid["structures"]>,
  digest?: string,
): Grid {
  const count = structures.reduce((sum, { columns }) => sum + columns, 0);
  const known = digest === undefined ? { structures } : { structures, digest };
  return { kind, dimensions: [count, 1, 1], affine: identity, ...known };
}
