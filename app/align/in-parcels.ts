import { Fault } from "#app/contract/fault.ts";
import type { Linalg } from "#app/linalg/linalg.ts";
import { stackColumns } from "#app/linalg/matrix.ts";
import type { SparseMatrix } from "#app/linalg/sparse-matrix.ts";
import { runInline, type Staged, type Task, type TaskTable, taskCode } from "#app/linalg/task.ts";
import type { Aligner, Alignment, AlignSubject, CommonColumns } from "./aligner.ts";
import { alignerOf, cropped, type InnerMethod, ofPieces } from "./pieces.ts";
import { refuseNewcomer, refuseUnfit } from "./refuse-unfit.ts";
import { denseMap, type Transform } from "./transform.ts";

/** The parcel of each of the dataset's voxels; 0 where it is in none. */
export type ParcelLabels = Int32Array;

interface FitInput extends InnerMethod {
  readonly subjects: readonly AlignSubject[];
  /** Of each subject the columns that lie in the parcel. */
  readonly columns: readonly Int32Array[];
}

interface AddInput extends InnerMethod {
  readonly alignment: Alignment;
  readonly subject: AlignSubject;
  readonly columns: Int32Array;
}

/** The tasks of every method in parcels. */
export const parcelTasks: TaskTable = {
  fit: taskCode((linalg, input: FitInput): Alignment => {
    const aligner = alignerOf(input);
    const local = input.subjects.map((subject, at) =>
      cropped(linalg, subject, input.columns[at] as Int32Array),
    );
    return runInline(aligner.fit(local, input.parameters), aligner.tasks, linalg);
  }),
  add: taskCode((linalg, input: AddInput): Transform => {
    const aligner = alignerOf(input);
    const local = cropped(linalg, input.subject, input.columns);
    return runInline(aligner.addSubject(input.alignment, local, input.parameters), aligner.tasks, linalg);
  }),
  join: taskCode(joined),
};

/**
 * A method within parcels, each on its own (Bazeille et al. 2021): the common space has the columns of all of them, one
 * parcel after the other, and transforms are sparse. Voxels in no parcel, and parcels that a subject has no voxel of, are
 * left out.
 */
export function inParcels(inner: Aligner, labels: ParcelLabels): Aligner {
  const parcels = [...new Set(labels)].filter((label) => label > 0).sort((a, b) => a - b);
  return {
    ...ofPieces(inner),
    name: "parcels",
    tasks: parcelTasks,
    tasksOfFit: (subjects) => parcels.length + subjects,
    fit: (subjects, parameters) => fitParcels(subjects, { aligner: inner.name, parameters }, labels, parcels),
    addSubject: (alignment, subject, parameters) =>
      addToParcels(alignment, subject, { aligner: inner.name, parameters }, labels),
  };
}

function* fitParcels(
  subjects: readonly AlignSubject[],
  inner: InnerMethod,
  labels: ParcelLabels,
  parcels: readonly number[],
): Staged<Alignment> {
  refuseUnfit(subjects);
  const columnsOf = subjects.map(({ voxels }) => columnsByParcel(voxels, labels));
  const cut = parcels.flatMap((label) => {
    const columns = columnsOf.flatMap((own) => own.get(label) ?? []);
    return columns.length < subjects.length ? [] : [{ label, columns }];
  });
  if (cut.length === 0) throw new Fault("align/no-parcels");
  const alignments = (yield cut.map(({ columns }): Task => {
    const input: FitInput = { ...inner, subjects, columns };
    return { name: "fit", input };
  })) as readonly Alignment[];
  const transforms = (yield subjects.map(({ voxels }, at) => {
    const pieces = cut.map(({ columns }, piece) => ({
      columns: columns[at] as Int32Array,
      transform: alignments[piece]?.transforms[at] as Transform,
    }));
    return joinTask({ pieces, voxels: voxels.length });
  })) as readonly Transform[];
  return {
    commonSpace: stackColumns(alignments.map(({ commonSpace }) => commonSpace)),
    columns: besideEachOther(alignments.map(({ columns }) => columns)),
    transforms,
    pieces: cut.map(({ label }, at) => ({ label, alignment: alignments[at] as Alignment })),
  };
}

function* addToParcels(
  { commonSpace, pieces = [] }: Alignment,
  subject: AlignSubject,
  inner: InnerMethod,
  labels: ParcelLabels,
): Staged<Transform> {
  refuseNewcomer(commonSpace, subject);
  const columnsOf = columnsByParcel(subject.voxels, labels);
  const columns = pieces.flatMap(({ label }) => columnsOf.get(label) ?? []);
  if (columns.length < pieces.length) throw new Fault("align/no-parcels");
  const transforms = (yield pieces.map(({ alignment }, at): Task => {
    const input: AddInput = { ...inner, alignment, subject, columns: columns[at] as Int32Array };
    return { name: "add", input };
  })) as readonly Transform[];
  const parts = transforms.map((transform, at) => ({ transform, columns: columns[at] as Int32Array }));
  const task = joinTask({ pieces: parts, voxels: subject.voxels.length });
  return ((yield [task]) as readonly [Transform])[0];
}

interface JoinInput {
  readonly pieces: readonly { readonly columns: Int32Array; readonly transform: Transform }[];
  readonly voxels: number;
}

function joinTask(input: JoinInput): Task {
  return { name: "join", input };
}

/** One transform of those of all parcels: their maps are blocks of it. */
function joined(linalg: Linalg, { pieces, voxels }: JoinInput): Transform {
  const width = pieces.reduce((sum, { transform }) => sum + transform.offsetOut.length, 0);
  const filled = pieces.reduce(
    (sum, { transform, columns }) => sum + transform.offsetOut.length * columns.length,
    0,
  );
  const [offsetIn, offsetOut] = [new Float64Array(voxels), new Float64Array(width)];
  const starts = new Int32Array(width + 1);
  const [indices, values] = [new Int32Array(filled), new Float64Array(filled)];
  let [column, at] = [0, 0];
  for (const { transform, columns } of pieces) {
    const map = denseMap(linalg, transform);
    offsetOut.set(transform.offsetOut, column);
    columns.forEach((own, k) => {
      offsetIn[own] = transform.offsetIn[k] as number;
    });
    for (let local = 0; local < map.columns; local++, column++) {
      for (let row = 0; row < map.rows; row++, at++) {
        indices[at] = columns[row] as number;
        values[at] = map.data[row * map.columns + local] as number;
      }
      starts[column + 1] = at;
    }
  }
  const matrix: SparseMatrix = { rows: voxels, columns: width, starts, indices, values };
  return { offsetIn, offsetOut, scale: 1, map: { kind: "sparse", matrix } };
}

/** The columns of all parcels: of voxels or of components, as the method makes them. */
function besideEachOther(all: readonly CommonColumns[]): CommonColumns {
  const voxels = all.flatMap((one) => (one.kind === "voxels" ? [one] : []));
  if (voxels.length < all.length) {
    const weights = all.flatMap((one) => (one.kind === "components" ? [...one.weights] : []));
    return { kind: "components", weights: Float64Array.from(weights) };
  }
  const places = voxels.some((one) => one.places === null)
    ? null
    : Float64Array.from(voxels.flatMap((one) => [...(one.places ?? [])]));
  return { kind: "voxels", voxels: Int32Array.from(voxels.flatMap((one) => [...one.voxels])), places };
}

/** A subject's columns in each parcel that has any. */
export function columnsByParcel(voxels: Int32Array, labels: ParcelLabels): ReadonlyMap<number, Int32Array> {
  const found = new Map<number, number[]>();
  voxels.forEach((voxel, at) => {
    const label = labels[voxel] as number;
    const columns = found.get(label);
    if (columns === undefined) found.set(label, [at]);
    else columns.push(at);
  });
  return new Map([...found].map(([label, columns]) => [label, Int32Array.from(columns)]));
}
