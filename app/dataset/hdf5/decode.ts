import type { FoundImage } from "../format.ts";
import { columnsOf, type DecodedImage } from "./decoded-image.ts";
import type { Hdf5File } from "./hdf5-file.ts";
import { decodeNltools, isNltools } from "./nltools-file.ts";
import { decodePymvpa, isPymvpa } from "./pymvpa-file.ts";
import { readRows } from "./read-rows.ts";

/** The images of an HDF5 file, by what its root holds. @throws Fault image/unreadable of any other HDF5 */
export function decode(file: Hdf5File): readonly DecodedImage[] {
  if (isPymvpa(file.attributeNames("/"))) return decodePymvpa(file);
  const names = file.names("/");
  if (isNltools(names)) return [decodeNltools(file, names)];
  throw file.refusal("it is HDF5, and neither PyMVPA nor nltools (Brain_Data) wrote it");
}

export function found(images: readonly DecodedImage[]): Omit<FoundImage, "sizeBytes">[] {
  return images.flatMap(({ part, subject, volumes, repetitionTimeSeconds, grid, labels, runs, remarks }) =>
    runs.map(({ run, rows }) => ({
      part,
      subject,
      run,
      rows,
      volumes: rows?.length ?? volumes,
      repetitionTimeSeconds,
      grid,
      labels: labels.map(({ name, values }) => ({
        name,
        values: rows === null ? values : rows.map((row) => values[row] ?? null),
      })),
      treatments: [],
      remarks,
    })),
  );
}

/** The image of a part. @throws Fault where there is none: the file was changed since it was described */
export function imageAt(file: Hdf5File, images: readonly DecodedImage[], part: string): DecodedImage {
  const image = images.find((one) => one.part === part);
  if (image === undefined) throw changed(file);
  return image;
}

/** See Hdf5Requests.rows. */
export function rowsOf(
  file: Hdf5File,
  image: DecodedImage,
  rows: Int32Array,
  voxels: Int32Array,
): Float32Array<ArrayBuffer> {
  const columns = columnsOf(image, voxels);
  const inside = rows.every(
    (row, at) => row < image.volumes && row > (at === 0 ? -1 : (rows[at - 1] as number)),
  );
  if (columns === null || !inside) throw changed(file);
  return readRows(file, image.array, rows, columns);
}

function changed(file: Hdf5File): Error {
  return file.refusal("it is not the file that was opened first: it was changed since");
}
