import type { Format } from "./format.ts";
import { isNifti, readHeader } from "./nifti-header.ts";
import { isPair } from "./nifti-pair.ts";
import { eachVolume } from "./nifti-voxels.ts";

/** NIfTI-1 and NIfTI-2, packed by gzip or not: one file, or a pair of .hdr and .img, is one image. */
export const niftiFormat: Format = {
  name: "nifti",
  extensions: [".nii", ".nii.gz", ".img", ".img.gz"],
  recognise: (fileName, head) => /\.nii(\.gz)?$/i.test(fileName) || isPair(fileName) || isNifti(head),
  async describe(path) {
    const { volumes, repetitionTimeSeconds, grid, sizeBytes, remarks } = await readHeader(path);
    const told = { volumes, repetitionTimeSeconds, grid, sizeBytes, remarks };
    return [{ part: "", subject: null, run: null, rows: null, labels: [], treatments: [], ...told }];
  },
  voxels: async () => null,
  async eachVolume({ path, volumes }, voxels, visit, signal) {
    // As many volumes as were described, should the file have changed since.
    await eachVolume(path, { ...(await readHeader(path)), volumes }, voxels, visit, signal);
  },
};
