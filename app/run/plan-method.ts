import { applyTask, foretellTask, wayBackTask } from "#app/align/align-tasks.ts";
import type { Aligner, Alignment, AlignSubject } from "#app/align/aligner.ts";
import { viewOf } from "#app/align/component-view.ts";
import { placesAt } from "#app/align/searchlights.ts";
import type { Transform } from "#app/align/transform.ts";
import type { WayBack } from "#app/align/way-back.ts";
import type { Plan } from "#app/contract/plan.ts";
import type { AlignInput, AlignMethod, MovedRows } from "#app/evaluate/align-method.ts";
import { type Candidate, chooseParameters, tasksOfChoice } from "#app/evaluate/choose-parameters.ts";
import { innerFoldsOf } from "#app/evaluate/inner-folds.ts";
import type { Matrix, Values } from "#app/linalg/matrix.ts";
import { renamed, type Staged } from "#app/linalg/task.ts";
import { range } from "#app/linalg/vector.ts";
import { rowsToAlign } from "./connectivity.ts";
import { type Cut, inPieces, tasksOfCut } from "./in-pieces.ts";
import type { FittedSpace } from "./kept-space.ts";
import { candidatesOf, type PlanCandidate } from "./plan-candidates.ts";
import type { VoxelGrid } from "./voxel-grid.ts";

type Parameters = Readonly<Record<string, unknown>>;

/** So many transforms of subjects who come to a space on their own are in memory. */
const MOVED_AT_ONCE = 2;

/** The method that a Plan names, with its parameters filled in. */
export interface PlanMethod {
  readonly aligner: Aligner;
  /** `onFit` is told what a fold fitted; ways back are made for it, or to foretell subjects. */
  readonly over: (space: VoxelGrid, onFit?: (fitted: FittedSpace) => void) => AlignMethod;
  /** All of them, defaults filled in; those that are chosen in each fold are the first to be tried. */
  readonly parameters: Parameters;
  /** How many tasks a fold takes that aligns on so many runs, the choice of parameters among them. */
  readonly tasksOfFit: (subjects: number, runs: number, voxels: number) => number;
  /** How many fits a fold makes that aligns on so many runs. */
  readonly fitsOfFold: (runs: number) => number;
}

/** Where segments are not matched in the end: so many volumes, about a haemodynamic response and a half. */
const VOLUMES_OF_CHOICE = 10;

/** @throws Fault plan/invalid for an unknown method or parameter, plan/parameter for one out of its range, align/no-searchlights */
export function methodOf(plan: Plan): PlanMethod {
  const { method, timeSegments, samples, seed } = plan;
  const candidates = candidatesOf(plan);
  const segment = timeSegments?.length ?? (samples.align.kind === "events" ? 1 : VOLUMES_OF_CHOICE);
  const [first] = candidates as [PlanCandidate];
  return {
    aligner: first.aligner,
    parameters: first.parameters,
    fitsOfFold: (runs) => 1 + (candidates.length > 1 ? candidates.length * innerFoldsOf(runs) : 0),
    tasksOfFit: (subjects, runs, voxels) => {
      const fits = candidates.map(({ aligner, parameters, pieces, voxels: own }) =>
        tasksOfCut(aligner, { on: method.on, pieces }, { subjects, parameters, voxels: own ?? voxels }),
      );
      const choosesVoxels = first.voxels !== null;
      return Math.max(...fits) + (fits.length > 1 ? tasksOfChoice(subjects, runs, fits, choosesVoxels) : 0);
    },
    over: (space, onFit) => {
      const fitBy = ({ aligner, parameters, pieces }: PlanCandidate, own: AlignInput, keeps: boolean) =>
        fitAndMove(aligner, parameters, { on: method.on, pieces, seed, space }, own, keeps);
      const tried = candidates.map(
        (one): Candidate => ({
          parameters: one.values,
          voxels: one.voxels,
          align: (inner) => fitBy(one, inner, false),
        }),
      );
      return {
        *choose(input) {
          return tried.length > 1 ? yield* chooseParameters(input, tried, segment) : null;
        },
        *align(input) {
          const { choice, beside = false, foretell = [] } = input;
          const same = JSON.stringify(choice?.parameters);
          const at = choice === null ? 0 : tried.findIndex((one) => JSON.stringify(one.parameters) === same);
          const keeps = onFit !== undefined || foretell.length > 0;
          const found = yield* fitBy(candidates[at] as PlanCandidate, input, keeps);
          const { moved, weights } = found;
          const backs = keeps ? yield* waysBack(found) : [];
          const foretold = yield* foretoldOf(found, backs, foretell);
          if (beside)
            return { moved, weights, foretold, course: null, voxels: range(0, 0), projection: null };
          const { course = null } = found.alignment;
          onFit?.({
            subjects: found.subjects,
            alignment: found.alignment,
            backs,
            tested: moved.map(([rows]) => rows as Matrix),
          });
          return { moved, weights, foretold, course, ...(yield* viewOfColumns(found)) };
        },
      };
    },
  };
}

/** Subjects and transforms in the order of the input. */
interface Fitted extends MovedRows, Pick<FittedSpace, "subjects" | "alignment"> {
  /** Those who made the space. */
  readonly makers: readonly AlignSubject[];
}

function* fitAndMove(
  aligner: Aligner,
  parameters: unknown,
  cut: Cut,
  { samples, voxels, held, labelled, leftOut = null }: AlignInput,
  /** Whether transforms are asked for after they were applied. */
  keeps: boolean,
): Staged<Fitted> {
  const { places } = cut.space;
  const subjects = samples.map((matrix, at) => {
    const own = voxels[at] as Int32Array;
    const subject = {
      samples: matrix,
      voxels: own,
      places: places === null ? null : placesAt(places, own),
    };
    const rows = aligner.usesLabels ? labelled(at) : null;
    if (rows === null) return subject;
    return { ...subject, labelled: { samples: rows.samples, codes: Int32Array.from(rows.codes) } };
  });
  const fitted = subjects.filter((_, at) => at !== leftOut);
  const newcomers = subjects.filter((_, at) => at === leftOut);
  const used = yield* inPieces(aligner, fitted, cut);
  const all = yield* rowsToAlign(fitted, newcomers, cut);
  const rows = all.slice(0, fitted.length);
  const own = <Result>(staged: Staged<Result>) => renamed(staged, (task) => `${used.name}/${task}`);
  const inOrder = [...rows];
  if (leftOut !== null) inOrder.splice(leftOut, 0, all.at(-1) as AlignSubject);
  const add = (space: Alignment, subject: AlignSubject) => own(used.addSubject(space, subject, parameters));
  const { begin } = used;
  if (begin === undefined || keeps) {
    const found = yield* own(used.fit(rows, parameters));
    const transforms = [...found.transforms];
    if (leftOut !== null) transforms.splice(leftOut, 0, yield* add(found, inOrder[leftOut] as AlignSubject));
    const moved = yield* movedBy(transforms, held, 0);
    return fittedOf(found, { moved, subjects: inOrder, makers: rows, transforms });
  }
  // Subjects come to the space on their own: a transform that nobody asks for is let go of when it was applied.
  const found = yield* own(begin(rows, parameters));
  const moved: (readonly Values[])[] = [];
  for (let first = 0; first < inOrder.length; first += MOVED_AT_ONCE) {
    const transforms: Transform[] = [];
    for (const subject of inOrder.slice(first, first + MOVED_AT_ONCE))
      transforms.push(yield* add(found, subject));
    moved.push(...(yield* movedBy(transforms, held, first)));
  }
  return fittedOf(found, { moved, subjects: inOrder, makers: rows, transforms: [] });
}

/** The rows to move of these subjects, from the first of them on. */
function* movedBy(
  transforms: readonly Transform[],
  held: AlignInput["held"],
  first: number,
): Staged<MovedRows["moved"]> {
  return (yield transforms.map((transform, at) =>
    applyTask({ transform, samples: held(first + at) }),
  )) as MovedRows["moved"];
}

function fittedOf(
  alignment: Alignment,
  { transforms, ...found }: Pick<Fitted, "moved" | "subjects" | "makers"> & Pick<Alignment, "transforms">,
): Fitted {
  const { columns } = alignment;
  const weights = columns.kind === "components" ? columns.weights : null;
  return { ...found, weights, alignment: { ...alignment, transforms } };
}

/** Every subject's way from the common space back into their own voxels. */
function* waysBack({ subjects, alignment }: Fitted): Staged<readonly (WayBack | null)[]> {
  const { commonSpace, columns, transforms } = alignment;
  return (yield subjects.map(({ samples }, at) =>
    wayBackTask({ transform: transforms[at] as Transform, samples, commonSpace, columns }),
  )) as readonly (WayBack | null)[];
}

/** What the others' rows of the second kind foretell of these subjects. */
function* foretoldOf(
  { moved, alignment: { commonSpace, transforms } }: Fitted,
  backs: readonly (WayBack | null)[],
  subjects: readonly number[],
): Staged<readonly Matrix[]> {
  return (yield subjects.map((subject) =>
    foretellTask({
      transform: transforms[subject] as Transform,
      back: backs[subject] ?? null,
      commonSpace,
      others: moved.flatMap(([, rows], at) => (at === subject ? [] : [rows as Values])),
    }),
  )) as readonly Matrix[];
}

/** What the columns are, or how they are brought to voxels to be looked at. */
function* viewOfColumns({ makers, alignment }: Fitted) {
  const { columns, commonSpace } = alignment;
  if (columns.kind === "voxels") return { voxels: columns.voxels, projection: null };
  return yield* viewOf(makers, commonSpace, columns.weights);
}
