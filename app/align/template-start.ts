import { Fault } from "#app/contract/fault.ts";
import type { Matrix } from "#app/linalg/matrix.ts";
import { type AlignSubject, columnsOf, type VoxelColumns } from "./aligner.ts";
import { carriedOver, sameVoxels, sharedVoxels } from "./shared-voxels.ts";

/** The columns of a template that is yet to be made, and every subject's samples laid over them as they are. */
export interface TemplateStart {
  readonly columns: VoxelColumns;
  /** T × V_template each: 0, which is the mean of z-scored samples, where a subject has no such voxel. */
  readonly laid: readonly Matrix[];
}

/** A template on the voxels of the first of the subjects that have most. */
export function templateStart(subjects: readonly AlignSubject[]): TemplateStart {
  const columns = columnsOf(subjects[widest(subjects)] as AlignSubject);
  const { voxels } = columns;
  const laid = subjects.map(({ samples, voxels: own }) => {
    if (sameVoxels(own, voxels)) return samples;
    const { source, target } = sharedVoxels(own, voxels);
    return carriedOver(samples, source, target, voxels.length);
  });
  return { columns, laid };
}

/** The subject, counted from 0, that is named, or the first of those with most voxels. @throws Fault plan/invalid */
export function referenceOf(
  subjects: readonly AlignSubject[],
  { reference }: { readonly reference: number | null },
): number {
  if (reference === null) return widest(subjects);
  if (reference < subjects.length) return reference;
  const detail = `method.parameters.reference: ${reference}, and ${subjects.length} subjects are aligned`;
  throw new Fault("plan/invalid", { detail });
}

function widest(subjects: readonly AlignSubject[]): number {
  const widths = subjects.map(({ samples }) => samples.columns);
  return widths.indexOf(Math.max(...widths));
}
