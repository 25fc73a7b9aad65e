import { connectomeTask, meansTask, seedsTask } from "#app/align/align-tasks.ts";
import type { AlignSubject } from "#app/align/aligner.ts";
import { columnsByParcel } from "#app/align/in-parcels.ts";
import { centresOf } from "#app/align/searchlights.ts";
import { Fault } from "#app/contract/fault.ts";
import type { AlignOn } from "#app/contract/plan.ts";
import { type Matrix, stackColumns } from "#app/linalg/matrix.ts";
import type { Staged } from "#app/linalg/task.ts";
import { parcelsOf } from "./fold-parcels.ts";
import { surroundingsIn, type VoxelGrid } from "./voxel-grid.ts";

/** A target of connectivity: of each subject the columns whose mean course it is. */
type Target = readonly Int32Array[];

type Seeds = AlignOn & { readonly kind: "seeds" };

/** With one target or none no voxel is told from another. */
const FEWEST = 2;

/**
 * All subjects with the rows to align on in the place of their samples: those that a space is fitted to, and after them
 * newcomers, of whom no target is made. A target that some subject has no voxel of is left out.
 * @throws Fault align/few-targets, align/no-places, region/not-volume, region/too-few
 */
export function* rowsToAlign(
  fitted: readonly AlignSubject[],
  newcomers: readonly AlignSubject[],
  { on, seed, space }: { readonly on: AlignOn; readonly seed: number; readonly space: VoxelGrid },
): Staged<readonly AlignSubject[]> {
  const all = [...fitted, ...newcomers];
  if (on.kind === "samples") return all;
  const found =
    on.kind === "seeds"
      ? spheres(all, on, space)
      : parcels(all, yield* parcelsOf(fitted, { method: on.method, count: on.targets, seed }, space));
  const targets = found.filter((target) => target.every((columns) => columns.length > 0));
  if (targets.length < FEWEST) throw new Fault("align/few-targets", { count: `${targets.length}` });
  const components = on.kind === "seeds" ? on.components : null;
  const courses = components === null ? null : yield* coursesOf(all, fitted.length, targets, components);
  const rows = (yield all.map(({ samples }, at) => {
    const own = courses === null ? ofSubject(targets, at) : (courses[at] as Matrix);
    return connectomeTask({ samples, targets: own, hybrid: on.hybrid });
  })) as readonly Matrix[];
  return all.map((subject, at) => ({ ...subject, samples: rows[at] as Matrix }));
}

/** So many tasks find the components of all seeds, whatever their number. */
export const SEED_TASKS = 16;

/** Of each subject the courses of all seeds' components side by side. */
function* coursesOf(
  subjects: readonly AlignSubject[],
  fitted: number,
  targets: readonly Target[],
  components: number,
): Staged<readonly Matrix[]> {
  const samples = subjects.map((subject) => subject.samples);
  const means = (yield samples.map((own, at) =>
    meansTask({ samples: own, targets: ofSubject(targets, at) }),
  )) as readonly Matrix[];
  const share = Math.ceil(targets.length / SEED_TASKS);
  const shares = Array.from({ length: Math.ceil(targets.length / share) }, (_, at) =>
    targets.slice(at * share, (at + 1) * share),
  );
  const found = (yield shares.map((seeds) =>
    seedsTask({ samples, means, fitted, seeds, components }),
  )) as readonly (readonly (readonly Matrix[])[])[];
  return samples.map((_, at) => stackColumns(found.flatMap((own) => own[at] as readonly Matrix[])));
}

function ofSubject(targets: readonly Target[], at: number): Int32Array[] {
  return targets.map((target) => target[at] as Int32Array);
}

/** Each parcel that there is, given the parcel of each of the dataset's voxels. */
function parcels(subjects: readonly AlignSubject[], labels: Int32Array): Target[] {
  const names = [...new Set(labels)].filter((label) => label > 0).sort((a, b) => a - b);
  const columnsOf = subjects.map(({ voxels }) => columnsByParcel(voxels, labels));
  return names.map((name) => columnsOf.map((own) => own.get(name) ?? new Int32Array()));
}

/** The voxels around each seed; seeds lie among the voxels of all subjects. */
function spheres(
  subjects: readonly AlignSubject[],
  { radiusMm, spacingMm }: Seeds,
  space: VoxelGrid,
): Target[] {
  const surroundings = surroundingsIn(space);
  const around = Array.from(centresOf(surroundings, spacingMm), surroundings.nearby(radiusMm));
  const columnOf = subjects.map(({ voxels }) => new Map([...voxels].map((voxel, column) => [voxel, column])));
  return around.map(({ columns: voxels }) =>
    columnOf.map((own) => Int32Array.from([...voxels].flatMap((voxel) => own.get(voxel) ?? []))),
  );
}
