import { type Matrix, zeros } from "#app/linalg/matrix.ts";
import type { Staged } from "#app/linalg/task.ts";
import { backTask } from "./align-tasks.ts";
import type { AlignSubject } from "./aligner.ts";

/** Voxels that components are brought to so that they can be looked at: components (z-scored, weighted) × voxels. */
export interface ComponentView {
  readonly voxels: Int32Array;
  readonly projection: Matrix;
}

/**
 * A space of components has no place in the brain: it is shown in the voxels of all subjects, each by the mean, over
 * the subjects that have it, of its regression on the components.
 */
export function* viewOf(
  subjects: readonly AlignSubject[],
  commonSpace: Matrix,
  weights: Float64Array,
): Staged<ComponentView> {
  const own = (yield subjects.map(({ samples }) =>
    backTask({ commonSpace, weights, samples }),
  )) as readonly Matrix[];
  const voxels = Int32Array.from(new Set(subjects.flatMap((subject) => [...subject.voxels]))).sort();
  const place = new Map([...voxels].map((voxel, at) => [voxel, at]));
  const projection = zeros(commonSpace.columns, voxels.length);
  const counts = new Float64Array(voxels.length);
  for (const [at, subject] of subjects.entries()) {
    const { columns, data } = own[at] as Matrix;
    subject.voxels.forEach((voxel, column) => {
      const to = place.get(voxel) as number;
      counts[to] = (counts[to] as number) + 1;
      for (let k = 0; k < projection.rows; k++) {
        const cell = k * voxels.length + to;
        projection.data[cell] = (projection.data[cell] as number) + (data[k * columns + column] as number);
      }
    });
  }
  projection.data.forEach((sum, at) => {
    projection.data[at] = sum / (counts[at % voxels.length] as number);
  });
  return { voxels, projection };
}
