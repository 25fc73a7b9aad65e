import { Fault } from "#app/contract/fault.ts";
import { isCifti, readCiftiHeader } from "./cifti/cifti-header.ts";
import { readSeriesMap } from "./cifti/series-map.ts";
import type { Format } from "./format.ts";
import { eachVolume } from "./nifti-voxels.ts";
import { placeless } from "./placeless-grid.ts";

/** Held while a series is turned from grayordinate by grayordinate into volume by volume. */
const BLOCK_BYTES = 2 ** 28;

/** CIFTI-2 dense series (.dtseries.nii), packed by gzip or not. */
export const ciftiFormat: Format = {
  name: "cifti",
  recognise: (fileName, head) => /\.[dp]tseries\.nii(\.gz)?$/i.test(fileName) || isCifti(head),
  async describe(path) {
    const { stored, xml } = await readCiftiHeader(path);
    const [volumes] = stored.dimensions;
    const columns = stored.volumes;
    const { points, repetitionTimeSeconds, models, digest } = await readSeriesMap(path, xml, columns);
    if (points !== volumes) {
      const detail = `its series has ${points} points, and the image ${volumes} volumes`;
      throw new Fault("image/unreadable", { path, detail });
    }
    const structures = models.map(({ structure, count }) => ({ name: wordsOf(structure), columns: count }));
    return [
      {
        part: "",
        subject: null,
        run: null,
        rows: null,
        volumes,
        repetitionTimeSeconds,
        grid: placeless("grayordinates", structures, digest),
        labels: [],
        treatments: [],
        sizeBytes: stored.sizeBytes,
        remarks: [],
      },
    ];
  },
  voxels: async () => null,
  async eachVolume({ path, volumes, grid }, voxels, visit, signal) {
    const { stored } = await readCiftiHeader(path);
    if (stored.volumes !== grid.dimensions[0] || stored.dimensions[0] < volumes) {
      throw new Fault("image/unreadable", { path, detail: "it has changed since the dataset was opened" });
    }
    // On disk a grayordinate's whole series lies together: the file is read once for each block of volumes.
    const block = Math.max(1, Math.min(volumes, Math.floor(BLOCK_BYTES / 4 / Math.max(1, voxels.length))));
    const turned = new Float32Array(block * voxels.length);
    for (let from = 0; from < volumes; from += block) {
      const times = Int32Array.from({ length: Math.min(block, volumes - from) }, (_, t) => from + t);
      let column = 0;
      const take = (series: Float32Array, grayordinate: number) => {
        if (voxels[column] !== grayordinate) return;
        for (let t = 0; t < series.length; t++) turned[t * voxels.length + column] = series[t] as number;
        column++;
      };
      await eachVolume(path, stored, times, take, signal);
      for (const [t, row] of times.entries()) {
        signal?.throwIfAborted();
        visit(turned.subarray(t * voxels.length, (t + 1) * voxels.length), row);
      }
    }
  },
};

/** "CORTEX_LEFT" is "left cortex", "THALAMUS_RIGHT" "right thalamus". */
function wordsOf(structure: string): string {
  const words = structure.toLowerCase().split("_");
  const side = words.at(-1);
  return (side === "left" || side === "right" ? [side, ...words.slice(0, -1)] : words).join(" ");
}
