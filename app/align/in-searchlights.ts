import { Fault } from "#app/contract/fault.ts";
import type { Linalg } from "#app/linalg/linalg.ts";
import { type Matrix, takeColumns, zeros } from "#app/linalg/matrix.ts";
import { type SparseMatrix, sparseOf, sumSparse } from "#app/linalg/sparse-matrix.ts";
import { runInline, type Staged, type Task, type TaskTable, taskCode } from "#app/linalg/task.ts";
import {
  type Aligner,
  type Alignment,
  type AlignSubject,
  type CommonSpace,
  columnsOf,
  voxelColumns,
} from "./aligner.ts";
import { alignerOf, cropped, type InnerMethod } from "./pieces.ts";
import { placesOf, refuseNewcomer, refuseOtherVoxels, refuseUnfit } from "./refuse-unfit.ts";
import { centresOf, type Searchlight, searchlightsAround, searchlightWeights } from "./searchlights.ts";
import { applyTransform, denseMap, type Transform } from "./transform.ts";

/** How a space is cut into searchlights, in mm. */
export interface SearchlightRule {
  readonly radiusMm: number;
  /** How far apart centres are at most; null where every voxel is one. */
  readonly spacingMm: number | null;
}

/** A searchlight and how much it counts at each of its voxels. */
interface Weighted extends Searchlight {
  readonly weights: Float64Array;
}

interface TemplateInput extends InnerMethod {
  readonly subjects: readonly AlignSubject[];
  readonly searchlights: readonly Weighted[];
}

/** What some searchlights make of the template: T × the columns named. */
interface TemplatePart {
  readonly columns: Int32Array;
  readonly space: Matrix;
}

interface MapInput extends InnerMethod {
  readonly subject: AlignSubject;
  readonly template: Matrix;
  readonly searchlights: readonly Weighted[];
}

/** What some searchlights make of a subject's transform, all of V × V and of V in size. */
interface MapPart {
  readonly matrix: SparseMatrix;
  readonly offset: Float64Array;
}

/** So many searchlights are one task. They are neighbours: their voxels are mostly the same. */
const TOGETHER = 64;

/** The tasks of every method in searchlights. */
export const searchlightTasks: TaskTable = {
  template: taskCode(templatePart),
  map: taskCode(mapPart),
};

/**
 * A method in searchlights (Guntupalli et al. 2016), put together as in Feilong et al. 2023: each searchlight's own
 * template counts at a voxel by the voxel's nearness to its centre; the sum over searchlights is the template, and a
 * subject comes to it by the method's map in each searchlight, weighted likewise at the template's voxels. The transform
 * is sparse. All subjects must have the same voxels.
 */
export function inSearchlights(inner: Aligner, rule: SearchlightRule): Aligner {
  // Where not every voxel is a centre there are fewer tasks than it says.
  const { space: _, ...method } = inner;
  return {
    ...method,
    name: "searchlights",
    tasks: searchlightTasks,
    tasksOfFit: (subjects, _, voxels) => Math.ceil(voxels / TOGETHER) * (1 + subjects),
    fit: (subjects, parameters) => fitLocally(subjects, { aligner: inner.name, parameters }, rule),
    addSubject: (alignment, subject, parameters) =>
      addSubject(alignment, subject, { aligner: inner.name, parameters }, rule),
  };
}

function* fitLocally(
  subjects: readonly AlignSubject[],
  inner: InnerMethod,
  rule: SearchlightRule,
): Staged<Alignment> {
  refuseUnfit(subjects);
  refuseOtherVoxels(subjects);
  const columns = columnsOf(subjects[0] as AlignSubject);
  const blocks = blocksOf(placesOf(columns), rule);
  const parts = (yield blocks.map((searchlights): Task => {
    const input: TemplateInput = { ...inner, subjects, searchlights };
    return { name: "template", input };
  })) as readonly TemplatePart[];
  const { rows, columns: width } = (subjects[0] as AlignSubject).samples;
  const commonSpace = zeros(rows, width);
  for (const part of parts) addColumns(commonSpace, part.space, part.columns);
  const transforms: Transform[] = [];
  for (const subject of subjects) transforms.push(yield* mapOf(subject, commonSpace, inner, blocks));
  return { commonSpace, columns, transforms };
}

function* addSubject(
  { commonSpace, columns }: Alignment,
  subject: AlignSubject,
  inner: InnerMethod,
  rule: SearchlightRule,
): Staged<Transform> {
  refuseNewcomer(commonSpace, subject);
  const own = voxelColumns(columns);
  refuseOtherVoxels([subject, own]);
  return yield* mapOf(subject, commonSpace, inner, blocksOf(placesOf(own), rule));
}

/** A subject's transform: the sum, in a fixed order, of what blocks of searchlights make of it. */
function* mapOf(
  subject: AlignSubject,
  template: Matrix,
  inner: InnerMethod,
  blocks: readonly (readonly Weighted[])[],
): Staged<Transform> {
  const parts = (yield blocks.map((searchlights): Task => {
    const input: MapInput = { ...inner, subject, template, searchlights };
    return { name: "map", input };
  })) as readonly MapPart[];
  const offsetOut = new Float64Array(template.columns);
  for (const { offset } of parts) {
    for (let at = 0; at < offset.length; at++)
      offsetOut[at] = (offsetOut[at] as number) + (offset[at] as number);
  }
  const matrix = sumSparse(parts.map((part) => part.matrix));
  return {
    offsetIn: new Float64Array(template.columns),
    offsetOut,
    scale: 1,
    map: { kind: "sparse", matrix },
  };
}

/** All searchlights of a space in blocks of neighbours. */
function blocksOf(places: Float64Array, { radiusMm, spacingMm }: SearchlightRule): Weighted[][] {
  const searchlights = searchlightsAround(places, centresOf(places, spacingMm), radiusMm);
  const weights = searchlightWeights(searchlights, places.length / 3, radiusMm);
  const all = searchlights.map((one, at) => ({ ...one, weights: weights[at] as Float64Array }));
  return Array.from({ length: Math.ceil(all.length / TOGETHER) }, (_, block) =>
    all.slice(block * TOGETHER, (block + 1) * TOGETHER),
  );
}

function templatePart(linalg: Linalg, input: TemplateInput): TemplatePart {
  const { subjects, searchlights, parameters } = input;
  const aligner = alignerOf(input);
  const columns = Int32Array.from(new Set(searchlights.flatMap((one) => [...one.columns]))).sort();
  const place = new Map([...columns].map((column, at) => [column, at]));
  const space = zeros((subjects[0] as AlignSubject).samples.rows, columns.length);
  for (const { columns: own, weights } of searchlights) {
    const local = subjects.map((subject) => cropped(subject, own));
    const staged = aligner.space?.(local, parameters) ?? aligner.fit(local, parameters);
    const { commonSpace, columns: kind } = runInline<CommonSpace>(staged, aligner.tasks, linalg);
    if (kind.kind !== "voxels") throw new Fault("align/no-searchlights", { method: aligner.label });
    const weighted = {
      ...commonSpace,
      data: commonSpace.data.map((v, at) => v * (weights[at % own.length] as number)),
    };
    addColumns(
      space,
      weighted,
      own.map((column) => place.get(column) as number),
    );
  }
  return { columns, space };
}

function mapPart(linalg: Linalg, input: MapInput): MapPart {
  const { subject, template, searchlights, parameters } = input;
  const aligner = alignerOf(input);
  const size = template.columns;
  const offset = new Float64Array(size);
  const maps = searchlights.map(({ columns, weights }): LocalMap => {
    const local = cropped(subject, columns);
    const commonSpace = takeColumns(template, columns);
    const alignment = { commonSpace, columns: columnsOf(local), transforms: [] };
    const added = aligner.addSubject(alignment, local, parameters);
    const transform = runInline(added, aligner.tasks, linalg);
    const zero = applyTransform(linalg, transform, zeros(1, columns.length));
    columns.forEach((column, at) => {
      offset[column] = (offset[column] as number) + (weights[at] as number) * (zero.data[at] as number);
    });
    return { matrix: denseMap(linalg, transform), columns, weights };
  });
  return { matrix: assembled(maps, size), offset };
}

/** A searchlight's map, dense, and how much it counts at each of its columns. */
interface LocalMap {
  readonly matrix: Matrix;
  readonly columns: Int32Array;
  readonly weights: Float64Array;
}

/** The weighted sum of maps in their places among all voxels, size × size: column by column of all maps that have it. */
function assembled(maps: readonly LocalMap[], size: number): SparseMatrix {
  const having = new Map<number, { readonly map: LocalMap; readonly at: number }[]>();
  for (const map of maps) {
    map.columns.forEach((column, at) => {
      const known = having.get(column);
      if (known === undefined) having.set(column, [{ map, at }]);
      else known.push({ map, at });
    });
  }
  const most = maps.reduce((all, { matrix }) => all + matrix.data.length, 0);
  return sparseOf({ rows: size, columns: size, most }, (column, add) => {
    for (const { map, at } of having.get(column) ?? []) {
      const { columns, matrix } = map;
      const weight = map.weights[at] as number;
      for (let row = 0; row < columns.length; row++) {
        add(columns[row] as number, weight * (matrix.data[row * columns.length + at] as number));
      }
    }
  });
}

/** Adds columns of `part` to those of `to` that are named. */
function addColumns(to: Matrix, part: Matrix, columns: Int32Array): void {
  for (let row = 0; row < part.rows; row++) {
    for (let k = 0; k < columns.length; k++) {
      const at = row * to.columns + (columns[k] as number);
      to.data[at] = (to.data[at] as number) + (part.data[row * part.columns + k] as number);
    }
  }
}
