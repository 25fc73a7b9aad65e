import { foretellTask, wayBackTask } from "#app/align/align-tasks.ts";
import type { Aligner } from "#app/align/aligner.ts";
import { viewOf } from "#app/align/component-view.ts";
import type { Transform } from "#app/align/transform.ts";
import type { WayBack } from "#app/align/way-back.ts";
import type { Plan } from "#app/contract/plan.ts";
import type { AlignInput, AlignMethod, FewerComponents } from "#app/evaluate/align-method.ts";
import { type Candidate, chooseParameters, tasksOfChoice } from "#app/evaluate/choose-parameters.ts";
import { innerFoldsOf } from "#app/evaluate/inner-folds.ts";
import type { Matrix, Values } from "#app/linalg/matrix.ts";
import type { Staged } from "#app/linalg/task.ts";
import { range } from "#app/linalg/vector.ts";
import { type Fitted, fitAndMove } from "./fit-and-move.ts";
import { type FitSize, tasksOfCut } from "./in-pieces.ts";
import type { FittedSpace } from "./kept-space.ts";
import { candidatesOf, type PlanCandidate } from "./plan-candidates.ts";
import type { VoxelGrid } from "./voxel-grid.ts";

type Parameters = Readonly<Record<string, unknown>>;

/** The method that a Plan names, with its parameters filled in. */
export interface PlanMethod {
  readonly aligner: Aligner;
  /** `onFit` is told what a fold fitted; ways back are made for it, or to foretell subjects. */
  readonly over: (space: VoxelGrid, onFit?: (fitted: FittedSpace) => void) => AlignMethod;
  /** All of them, defaults filled in; those that are chosen in each fold are the first to be tried. */
  readonly parameters: Parameters;
  /** How many tasks a fold takes that aligns on so many runs, the choice of parameters among them. */
  readonly tasksOfFit: (runs: number, size: FitSize) => number;
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
    tasksOfFit: (runs, { subjects, voxels, grid }) => {
      const fits = candidates.map(({ aligner, parameters, pieces, voxels: own }) =>
        tasksOfCut(aligner, { on: method.on, pieces }, { subjects, parameters, voxels: own ?? voxels, grid }),
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
          const fewer = fewerComponents(candidates[at] as PlanCandidate, found);
          const moves = { moved, weights, foretold, fewer };
          if (beside) return { ...moves, course: null, voxels: range(0, 0), projection: null };
          const { course = null } = found.alignment;
          onFit?.({
            subjects: found.subjects,
            alignment: found.alignment,
            backs,
            tested: moved.map(([rows]) => rows as Matrix),
          });
          return { ...moves, course, ...(yield* viewOfColumns(found)) };
        },
      };
    },
  };
}

/** In pieces each has as many as are asked for, or as it can have. */
function fewerComponents(
  { parameters, pieces }: PlanCandidate,
  { weights }: Pick<Fitted, "weights">,
): FewerComponents | null {
  const { components: asked } = parameters;
  const made = weights?.length ?? null;
  if (typeof asked !== "number" || made === null || pieces.kind !== "whole") return null;
  return made < asked ? { asked, made } : null;
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
