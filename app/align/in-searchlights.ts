import { Fault } from "#app/contract/fault.ts";
import type { Linalg } from "#app/linalg/linalg.ts";
import { addPart, type Matrix, transpose, zeros } from "#app/linalg/matrix.ts";
import { type PlacedPart, TransposedSum } from "#app/linalg/sparse-matrix.ts";
import { runInline, type Staged, type Task, type TaskTable, taskCode } from "#app/linalg/task.ts";
import { range } from "#app/linalg/vector.ts";
import {
  type Aligner,
  type Alignment,
  type AlignSubject,
  type CommonSpace,
  columnsOf,
  type VoxelColumns,
  voxelColumns,
} from "./aligner.ts";
import {
  alignerOf,
  byVoxel,
  columnsByVoxel,
  croppedByVoxel,
  type InnerMethod,
  ofPieces,
  turnedColumns,
} from "./pieces.ts";
import { placesOf, refuseNewcomer, refuseOtherVoxels, refuseUnfit } from "./refuse-unfit.ts";
import {
  blocksFor,
  counted,
  type SearchlightBlock,
  type SearchlightRule,
  searchlightBlocks,
  searchlightGroups,
} from "./searchlight-blocks.ts";
import { inVolume, type Searchlight, type Surroundings } from "./searchlights.ts";
import { applyTransform, denseMap, type Transform } from "./transform.ts";
import { bestOf, voxelScores } from "./voxel-scores.ts";

/** What the way is called where it can't be gone. */
export const SEARCHLIGHTS_LABEL = "Alignment in searchlights";

/** So many blocks' maps are made before they are taken in. */
const MAPS_AT_ONCE = 64;

interface BestInput {
  readonly samples: readonly Matrix[];
  readonly group: readonly Searchlight[];
  readonly share: number;
}

interface TemplateInput extends InnerMethod {
  readonly subjects: readonly AlignSubject[];
  readonly block: SearchlightBlock;
}

/** What a block makes of the template, voxel by voxel: its columns × T. */
interface TemplatePart {
  readonly columns: Int32Array;
  readonly space: Matrix;
}

interface MapInput extends InnerMethod {
  readonly subject: AlignSubject;
  readonly template: Matrix;
  readonly block: SearchlightBlock;
}

/** What a block makes of a subject's transform: of the map the transpose, columns × columns, and the offset at each. */
interface MapPart {
  readonly part: PlacedPart;
  readonly offset: Float64Array;
}

/** The tasks of every method in searchlights. */
export const searchlightTasks: TaskTable = {
  best: taskCode(bestVoxels),
  template: taskCode(templatePart),
  map: taskCode(mapPart),
};

/**
 * A method in searchlights (Guntupalli et al. 2016), put together as in Feilong et al. 2023: each searchlight's own
 * template counts at a voxel by the voxel's nearness to its centre; the sum over searchlights is the template, and a
 * subject comes to it by the method's map in each searchlight, weighted likewise at the template's voxels. The transform
 * is sparse. All subjects must have the same voxels. `surroundingsOf` tells what of a space is near.
 */
export function inSearchlights(
  inner: Aligner,
  rule: SearchlightRule,
  surroundingsOf = inTheirVolume,
  /** How many centres so many voxels have: all, where nothing else is known. */
  centresIn = (voxels: number) => voxels,
): Aligner {
  return {
    ...ofPieces(inner),
    name: "searchlights",
    tasks: searchlightTasks,
    tasksOfFit: (subjects, _, voxels) =>
      blocksFor(centresIn(voxels), voxels) * ((rule.keep < 1 ? 2 : 1) + subjects),
    begin: (subjects, parameters) =>
      spaceOf(subjects, { aligner: inner.name, parameters }, rule, surroundingsOf),
    fit: (subjects, parameters) =>
      fitLocally(subjects, { aligner: inner.name, parameters }, rule, surroundingsOf),
    addSubject: (alignment, subject, parameters) =>
      addSubject(alignment, subject, { aligner: inner.name, parameters }),
  };
}

/** @throws Fault align/no-places */
function inTheirVolume(columns: VoxelColumns): Surroundings {
  return inVolume(placesOf(columns));
}

function* fitLocally(...given: Parameters<typeof spaceOf>): Staged<Alignment> {
  const space = yield* spaceOf(...given);
  const [subjects, inner] = given;
  const transforms: Transform[] = [];
  for (const subject of subjects)
    transforms.push(yield* mapOf(subject, space.commonSpace, inner, space.blocks));
  return { ...space, transforms };
}

/** The template alone. */
function* spaceOf(
  subjects: readonly AlignSubject[],
  inner: InnerMethod,
  rule: SearchlightRule,
  surroundingsOf: (columns: VoxelColumns) => Surroundings,
): Staged<Alignment & { readonly blocks: readonly SearchlightBlock[] }> {
  refuseUnfit(subjects);
  refuseOtherVoxels(SEARCHLIGHTS_LABEL, subjects);
  const columns = columnsOf(subjects[0] as AlignSubject);
  const groups = searchlightGroups(surroundingsOf(columns), rule);
  const { rows, columns: width } = (subjects[0] as AlignSubject).samples;
  const blocks = searchlightBlocks(yield* best(subjects, groups, rule.keep), width, rule);
  const parts = (yield blocks.map((block): Task => {
    const input: TemplateInput = { ...inner, subjects, block };
    return { name: "template", input };
  })) as readonly TemplatePart[];
  const turned = zeros(width, rows);
  for (const { space, columns: own } of parts) {
    const factors = new Float64Array(own.length).fill(1);
    addPart(turned, space, { rows: own, columns: range(0, rows), factors });
  }
  return { commonSpace: transpose(turned), columns, transforms: [], blocks };
}

/** Searchlights with the share of their voxels that is used. */
function* best(
  subjects: readonly AlignSubject[],
  groups: readonly (readonly Searchlight[])[],
  share: number,
): Staged<readonly (readonly Searchlight[])[]> {
  if (share === 1) return groups;
  const samples = subjects.map((subject) => subject.samples);
  return (yield groups.map((group): Task => {
    const input: BestInput = { samples, group, share };
    return { name: "best", input };
  })) as readonly (readonly Searchlight[])[];
}

function* addSubject(
  { commonSpace, columns, blocks }: Alignment,
  subject: AlignSubject,
  inner: InnerMethod,
): Staged<Transform> {
  if (blocks === undefined) throw new RangeError("the space is not one of searchlights");
  refuseNewcomer(commonSpace, subject);
  refuseOtherVoxels(SEARCHLIGHTS_LABEL, [subject, voxelColumns(columns)]);
  return yield* mapOf(subject, commonSpace, inner, blocks);
}

/** A subject's transform: the sum, in a fixed order, of what blocks of searchlights make of it. */
function* mapOf(
  subject: AlignSubject,
  template: Matrix,
  inner: InnerMethod,
  blocks: readonly SearchlightBlock[],
): Staged<Transform> {
  const size = template.columns;
  const offsetOut = new Float64Array(size);
  const whole = new TransposedSum(
    size,
    blocks.map(({ columns }) => columns),
  );
  // Not all at once: what blocks make, which takes more memory than their sum, is taken in on the way.
  for (let first = 0; first < blocks.length; first += MAPS_AT_ONCE) {
    const parts = (yield blocks.slice(first, first + MAPS_AT_ONCE).map((block): Task => {
      const input: MapInput = { ...inner, subject, template, block };
      return { name: "map", input };
    })) as readonly MapPart[];
    for (const { offset, part } of parts) {
      part.places.forEach((column, at) => {
        offsetOut[column] = (offsetOut[column] as number) + (offset[at] as number);
      });
      whole.add(part);
    }
  }
  const matrix = whole.sum();
  return { offsetIn: new Float64Array(size), offsetOut, scale: 1, map: { kind: "sparse", matrix } };
}

function bestVoxels(linalg: Linalg, { samples, group, share }: BestInput): readonly Searchlight[] {
  return group.map((one) =>
    linalg.within(() => {
      const local = samples.map((own) => linalg.takeColumns(own, one.columns));
      return bestOf(one, voxelScores(linalg, local), share);
    }),
  );
}

function templatePart(linalg: Linalg, input: TemplateInput): TemplatePart {
  const { block, parameters } = input;
  const aligner = alignerOf(input);
  const subjects = input.subjects.map((subject) =>
    byVoxel(linalg, placedFor(aligner, subject), block.columns),
  );
  const { rows } = (input.subjects[0] as AlignSubject).samples;
  const space = zeros(block.columns.length, rows);
  const all = range(0, rows);
  for (const { columns: own, weights: factors } of block.searchlights) {
    linalg.within(() => {
      const local = subjects.map((subject) => croppedByVoxel(linalg, subject, own));
      const staged = aligner.space?.(local, parameters) ?? aligner.fit(local, parameters);
      const { commonSpace, columns: kind } = runInline<CommonSpace>(staged, aligner.tasks, linalg);
      if (kind.kind !== "voxels") throw new Fault("align/no-searchlights", { method: aligner.label });
      linalg.addPart(space, linalg.transpose(commonSpace), { rows: own, columns: all, factors });
    });
  }
  return { columns: block.columns, space };
}

/** Places of voxels are for methods that use them: they are not cropped for others. */
function placedFor({ usesPlaces }: Aligner, subject: AlignSubject): AlignSubject {
  return usesPlaces === true ? subject : { ...subject, places: null };
}

function mapPart(linalg: Linalg, input: MapInput): MapPart {
  const { block, parameters } = input;
  const aligner = alignerOf(input);
  const subject = byVoxel(linalg, placedFor(aligner, input.subject), block.columns);
  const template = turnedColumns(linalg, input.template, block.columns);
  const size = block.columns.length;
  const offset = new Float64Array(size);
  const matrix = zeros(size, size);
  const alone = aligner.fitsColumnsAlone?.(parameters) === true;
  for (const searchlight of block.searchlights) {
    linalg.within(() => {
      const local = croppedByVoxel(linalg, subject, searchlight.columns);
      const { columns, weights: factors } = alone ? counted(searchlight) : searchlight;
      const alignment = {
        commonSpace: linalg.turnRows(template, columns),
        columns: columnsByVoxel(subject, columns),
        transforms: [],
      };
      const added = aligner.addSubject(alignment, local, parameters);
      const transform = runInline(added, aligner.tasks, linalg);
      const zero = applyTransform(linalg, transform, zeros(1, searchlight.columns.length));
      for (let at = 0; at < columns.length; at++) {
        const column = columns[at] as number;
        offset[column] = (offset[column] as number) + (factors[at] as number) * (zero.data[at] as number);
      }
      const turned = linalg.transpose(denseMap(linalg, transform));
      linalg.addPart(matrix, turned, { rows: columns, columns: searchlight.columns, factors });
    });
  }
  return { part: { places: block.columns, matrix }, offset };
}
