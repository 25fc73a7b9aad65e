import { Fault } from "#app/contract/fault.ts";
import { isCifti, readCiftiHeader } from "./cifti/cifti-header.ts";
import { readSeriesMap } from "./cifti/series-map.ts";
import { eachSeriesVolume } from "./cifti/series-volumes.ts";
import type { Format } from "./format.ts";
import { placeless } from "./placeless-grid.ts";

/** CIFTI-2 dense series (.dtseries.nii), packed by gzip or not. */
export const ciftiFormat: Format = {
  name: "cifti",
  extensions: [".dtseries.nii", ".dtseries.nii.gz"],
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
    const header = await readCiftiHeader(path);
    if (header.stored.volumes !== grid.dimensions[0] || header.stored.dimensions[0] < volumes) {
      throw new Fault("image/unreadable", { path, detail: "it has changed since the dataset was opened" });
    }
    await eachSeriesVolume(path, header, volumes, voxels, visit, signal);
  },
};

/** "CORTEX_LEFT" is "left cortex", "THALAMUS_RIGHT" "right thalamus". */
function wordsOf(structure: string): string {
  const words = structure.toLowerCase().split("_");
  const side = words.at(-1);
  return (side === "left" || side === "right" ? [side, ...words.slice(0, -1)] : words).join(" ");
}
