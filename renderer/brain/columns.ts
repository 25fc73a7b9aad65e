import { columnNoun } from "#app/contract/column-noun.ts";
import type { Grid } from "#app/contract/dataset.ts";

/** What a column of a grid without places is: its structure ("left cortex"; "" where none is known) and its number there. */
export function columnAt({ structures }: Grid, column: number): { structure: string; number: number } {
  let first = 0;
  for (const { name, columns } of structures ?? []) {
    if (column < first + columns) return { structure: name, number: column - first };
    first += columns;
  }
  return { structure: "", number: column };
}

/** "left cortex, vertex 8123". */
export function columnWords(grid: Grid, column: number): string {
  const { structure, number } = columnAt(grid, column);
  // What number a vertex or voxel of grayordinates has is not kept: its column is told instead.
  const place = grid.kind === "surface" ? number : column;
  return `${structure === "" ? "" : `${structure}, `}${columnNoun(grid).one} ${place}`;
}
