import { polarFactor } from "#app/linalg/gram-svd.ts";
import type { Linalg } from "#app/linalg/linalg.ts";
import { type Matrix, rowsInPlace, transpose, zeros } from "#app/linalg/matrix.ts";
import { type Staged, type Task, type TaskTable, taskCode } from "#app/linalg/task.ts";
import type { AlignSubject } from "./aligner.ts";
import { deterministicSrm } from "./deterministic-srm.ts";
import type { ReducedSubject } from "./reduced-subject.ts";
import { settled } from "./shared-response.ts";
import { type Transform, toComponents } from "./transform.ts";

/** So many of a subject's values are worked on at once: a quarter of a megabyte. */
const BLOCK_VALUES = 32 * 1024;

/** What a subject's samples are taken to share: response (T × k) times map (Wᵀ, k × V). */
export interface Shared {
  readonly response: Matrix;
  readonly map: Matrix;
}

interface TurnInput {
  readonly centred: Matrix;
  readonly before: Shared | null;
  readonly response: Matrix;
  readonly gamma: number;
}

/** A subject after a turn: Wᵀ (k × V), (X − E)·W (T × k), and ½‖X − R·Wᵀ − E‖² + γ‖E‖₁. */
export interface Turned {
  readonly map: Matrix;
  readonly projected: Matrix;
  readonly cost: number;
}

/** When the turns of one subject alone end. */
export interface Turning {
  readonly gamma: number;
  readonly iterations: number;
  readonly tolerance: number;
}

interface AloneInput extends Turning {
  readonly centred: Matrix;
  readonly offset: Float64Array;
  readonly response: Matrix;
  readonly withProjected: boolean;
}

/** A subject's way into a response, and their samples along it (T × k) if asked for. */
export interface Alone {
  readonly transform: Transform;
  readonly projected: Matrix | null;
}

export const robustSrmTasks: TaskTable = {
  ...deterministicSrm.tasks,
  centre: taskCode(centre),
  turn: taskCode(turn),
  alone: taskCode(alone),
};

/** Every subject centred and not reduced: what is set apart is set apart by voxel. */
export function* centreAll(subjects: readonly AlignSubject[]): Staged<readonly ReducedSubject[]> {
  return (yield subjects.map(
    ({ samples }): Task => ({ name: "centre", input: samples }),
  )) as readonly ReducedSubject[];
}

/** Every subject's map to the response, and what is their own beside it; `before` is of the turn before, empty at first. */
export function* turnAll(
  subjects: readonly ReducedSubject[],
  before: readonly Shared[],
  response: Matrix,
  gamma: number,
): Staged<readonly Turned[]> {
  return (yield subjects.map(({ centred }, at): Task => {
    const input: TurnInput = { centred, before: before[at] ?? null, response, gamma };
    return { name: "turn", input };
  })) as readonly Turned[];
}

/** Every subject fitted to a response that stays as it is. */
export function* fitAlone(
  subjects: readonly ReducedSubject[],
  response: Matrix,
  { gamma, iterations, tolerance }: Turning,
  withProjected: boolean,
): Staged<readonly Alone[]> {
  return (yield subjects.map(({ centred, offset }): Task => {
    const input: AloneInput = { centred, offset, response, gamma, iterations, tolerance, withProjected };
    return { name: "alone", input };
  })) as readonly Alone[];
}

function centre(linalg: Linalg, samples: Matrix): ReducedSubject {
  const { matrix: centred, means: offset, squaredNorm } = linalg.centre(samples);
  return {
    centred,
    reduced: centred,
    shift: null,
    coarse: null,
    weights: null,
    offset,
    squaredNorm,
    voxels: samples.columns,
  };
}

function turn(linalg: Linalg, { centred, before, response, gamma }: TurnInput): Turned {
  const cross =
    before === null
      ? linalg.multiply(response, centred, { left: true })
      : crossOf(linalg, centred, before, response, gamma).cross;
  const { factor: map } = polarFactor(linalg, cross);
  const projected = zeros(centred.rows, map.rows);
  const cost = visit(linalg, centred, { response, map }, gamma, (left, first) => {
    projected.data.set(linalg.multiply(left, map, { right: true }).data, first * map.rows);
  });
  return { map, projected, cost };
}

/** A new subject by turns, as the fit's own, but that the response stays: first nothing is their own. */
function alone(linalg: Linalg, input: AloneInput): Alone {
  const { centred, offset, response, gamma, iterations, tolerance, withProjected } = input;
  const costs: number[] = [];
  let cross = linalg.multiply(response, centred, { left: true });
  let map: Matrix;
  do {
    map = polarFactor(linalg, cross).factor;
    const found = crossOf(linalg, centred, { response, map }, response, gamma);
    cross = found.cross;
    costs.push(found.cost);
  } while (costs.length < iterations && !settled(costs, tolerance));
  const transform = toComponents(offset, transpose(map));
  return { transform, projected: withProjected ? linalg.multiply(centred, map, { right: true }) : null };
}

/** Rᵀ(X − E), k × V, for E beside what was shared before. */
function crossOf(linalg: Linalg, centred: Matrix, before: Shared, response: Matrix, gamma: number) {
  const cross = zeros(response.columns, centred.columns);
  const cost = visit(linalg, centred, before, gamma, (left, first) => {
    linalg.addProduct(cross, rowsInPlace(response, first, left.rows), left, { left: true });
  });
  return { cross, cost };
}

/** X − E block by block of rows, so that no more of it lies in memory than the processor keeps close; the cost of all. */
function visit(
  linalg: Linalg,
  centred: Matrix,
  { response, map }: Shared,
  gamma: number,
  use: (left: Matrix, first: number) => void,
): number {
  const step = Math.max(1, Math.floor(BLOCK_VALUES / centred.columns));
  let total = 0;
  for (let first = 0; first < centred.rows; first += step) {
    const count = Math.min(step, centred.rows - first);
    const shared: Shared = { response: rowsInPlace(response, first, count), map };
    const { left, cost } = withoutOwn(linalg, rowsInPlace(centred, first, count), shared, gamma);
    use(left, first);
    total += cost;
  }
  return total;
}

/**
 * X − E (T × V), where E is what X − R·Wᵀ exceeds γ by, of either sign: R·Wᵀ and the rest of X, cut at ±γ. `cost` is
 * ½‖X − R·Wᵀ − E‖² + γ‖E‖₁.
 */
export function withoutOwn(
  linalg: Linalg,
  centred: Matrix,
  { response, map }: Shared,
  gamma: number,
): { readonly left: Matrix; readonly cost: number } {
  const left = linalg.multiply(response, map);
  const [from, to] = [centred.data, left.data];
  let cost = 0;
  for (let at = 0; at < to.length; at++) {
    const common = to[at] as number;
    const rest = (from[at] as number) - common;
    // The rest cut at ±γ: branches, or Math.min and Math.max, take five times as long.
    const cut = 0.5 * (Math.abs(rest + gamma) - Math.abs(rest - gamma));
    to[at] = common + cut;
    cost += cut * (rest - 0.5 * cut);
  }
  return { left, cost };
}
