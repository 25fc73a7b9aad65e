import type { FitCourse } from "#app/contract/result.ts";
import type { Matrix } from "#app/linalg/matrix.ts";
import type { Staged } from "#app/linalg/task.ts";
import type { Alignment, AlignSubject } from "./aligner.ts";
import { componentReliability } from "./component-reliability.ts";
import type { ReducedSubject } from "./reduced-subject.ts";
import { refuseOtherRows } from "./refuse-unfit.ts";
import type { SrmParameters } from "./srm-parameters.ts";
import {
  type Mapped,
  mapAll,
  type Projected,
  projectAll,
  reduceAll,
  rotated,
  startResponse,
} from "./srm-tasks.ts";
import type { Transform } from "./transform.ts";

/** A shared response (T × k), the subjects as they were fitted to it, and how that went. */
export interface SharedResponse {
  readonly response: Matrix;
  readonly found: readonly Projected[];
  readonly course: FitCourse;
}

/** Subjects reduced, and their projections (T × k each) to start from. @throws Fault as a fit does */
export function* beginModel(
  subjects: readonly AlignSubject[],
  { components }: Pick<SrmParameters, "components">,
): Staged<{ readonly reduced: readonly ReducedSubject[]; readonly projected: readonly Matrix[] }> {
  refuseOtherRows(subjects.map(({ samples }) => samples));
  const reduced = yield* reduceAll(subjects);
  return { reduced, projected: yield* firstProjections(reduced, components) };
}

/** How many tasks a fit takes that goes through all its iterations, of one task a subject and one of all. */
export function tasksOfModel(subjects: number, { iterations }: SrmParameters): number {
  // Reduce, start, project; rotate, map.
  return 3 * subjects + 2 + iterations * (subjects + 1);
}

/** Whether the last step changed so little. */
export function settled(values: readonly number[], tolerance: number): boolean {
  const [before, last] = [values.at(-2), values.at(-1)];
  if (before === undefined || last === undefined) return false;
  return Math.abs(last - before) <= tolerance * Math.abs(last);
}

/** The response on its principal axes, and each subject's map to it: `found` are those to the response as it is. */
export function* sharedSpace(
  subjects: readonly ReducedSubject[],
  { response, found, course }: SharedResponse,
  { weighted }: Pick<SrmParameters, "weighted">,
): Staged<Alignment> {
  const { space: commonSpace, turn } = yield* rotated(response);
  const mapped = yield* mapAll(subjects, found, turn);
  const weights = weighted
    ? componentReliability(mapped.map(({ projected }) => projected))
    : new Float64Array(commonSpace.columns).fill(1);
  const transforms = mapped.map(({ transform }) => transform);
  return { commonSpace, columns: { kind: "components", weights }, transforms, course };
}

export function* addToResponse({ commonSpace }: Alignment, subject: AlignSubject): Staged<Transform> {
  refuseOtherRows([subject.samples, commonSpace]);
  const reduced = yield* reduceAll([subject], "the new subject");
  const found = yield* projectAll(reduced, commonSpace, 0);
  return ((yield* mapAll(reduced, found, null))[0] as Mapped).transform;
}

/** A start for subjects, as `beginModel`: their projections onto where all together vary most. */
export function* firstProjections(
  reduced: readonly ReducedSubject[],
  components: number,
): Staged<readonly Matrix[]> {
  return (yield* firstMaps(reduced, components)).map((one) => one.projected);
}

/** The same with the maps behind them. */
export function* firstMaps(
  reduced: readonly ReducedSubject[],
  components: number,
): Staged<readonly Projected[]> {
  return yield* projectAll(
    reduced,
    yield* startResponse(reduced, fewest(reduced, components)),
    0,
    "on the way",
  );
}

/** No subject can have more orthonormal patterns than it has directions. */
function fewest(subjects: readonly ReducedSubject[], components: number): number {
  return Math.max(
    1,
    Math.min(components, ...subjects.map(({ reduced }) => Math.min(reduced.rows, reduced.columns))),
  );
}
