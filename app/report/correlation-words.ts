import type { Scores } from "#app/contract/result.ts";
import type { Citations } from "./citations.ts";
import { fixed, grouped } from "./numbers.ts";
import type { ReportInput } from "./report-input.ts";

/** How like the samples held out are between subjects, before and after: sentences. */
export function correlationWords({ result, isc }: ReportInput, citations: Citations): string[] {
  const { likeness, reconstruction } = result;
  const mean = (values: readonly number[]) =>
    number(values.reduce((sum, value) => sum + value, 0) / values.length);
  const voxelwise =
    isc === null
      ? []
      : [
          `Inter-subject correlation of the samples held out from alignment (each subject with the mean of the others; ${citations.cite("hasson2004")}; averaged over ${grouped(isc.voxels)} voxels by Fisher's z, then over subjects) was ${mean(isc.before)} before and ${mean(isc.after)} after alignment.`,
        ];
  const likenesses =
    likeness === null
      ? []
      : [
          `In the columns compared, it was ${sides(likeness.pairwise)} in pairs of subjects, and ${sides(likeness.spatial)} for patterns of single samples over columns; Cronbach's alpha over subjects (${citations.cite("cronbach1951")}) was ${number(likeness.alpha.anatomical)} before and ${number(likeness.alpha.aligned)} after.`,
        ];
  const foretold =
    reconstruction === null
      ? []
      : [
          `The samples held out of each subject were foretold in their own voxels: on anatomical alignment by the mean of the other subjects in the same voxels, after functional alignment by their mean in the common space, brought back by the subject's own transformation. Averaged over voxels (each at −1 at least), R² was ${sides(reconstruction.r2)} and the correlation ${sides(reconstruction.correlation)}.`,
        ];
  return [...voxelwise, ...likenesses, ...foretold];
}

function sides({ anatomical, aligned }: { readonly anatomical: Scores; readonly aligned: Scores }): string {
  const of = ({ mean, sem }: Scores) => `${number(mean)} ± ${number(sem)}`;
  return `${of(anatomical)} before and ${of(aligned)} after`;
}

function number(value: number): string {
  return fixed(value, 3);
}
