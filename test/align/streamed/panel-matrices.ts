import { join } from "node:path";
import { type Matrix, single, takeColumns, zeros } from "#app/linalg/matrix.ts";
import {
  columnsOfPanel,
  createPanels,
  type PanelFile,
  panelsOf,
  readPanel,
  writePanel,
} from "#app/scratch/panel-file.ts";

/** A matrix in a new file, in panels of 16 columns. */
export function written(folder: string, name: string, matrix: Matrix): PanelFile {
  const file = { path: join(folder, name), rows: matrix.rows, columns: matrix.columns, width: 16 };
  createPanels(file);
  for (let panel = 0; panel < panelsOf(file); panel++) {
    const { first, count } = columnsOfPanel(file, panel);
    writePanel(
      file,
      panel,
      single(
        takeColumns(
          matrix,
          Int32Array.from({ length: count }, (_, at) => first + at),
        ),
      ),
    );
  }
  return file;
}

/** All of a file. */
export function whole(file: PanelFile): Matrix {
  const out = zeros(file.rows, file.columns);
  for (let panel = 0; panel < panelsOf(file); panel++) {
    const { first, count } = columnsOfPanel(file, panel);
    const { data } = readPanel(file, panel);
    for (let row = 0; row < file.rows; row++)
      out.data.set(data.subarray(row * count, (row + 1) * count), row * file.columns + first);
  }
  return out;
}

/** The largest difference beside the largest value. */
export function apart(a: Matrix, b: Matrix): number {
  const size = Math.max(...b.data.map(Math.abs));
  return Math.max(...a.data.map((value, at) => Math.abs(value - (b.data[at] as number)))) / size;
}
