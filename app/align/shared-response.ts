import type { FitCourse } from "#app/contract/result.ts";
import type { Matrix } from "#app/linalg/matrix.ts";
import type { Staged } from "#app/linalg/task.ts";
import type { Alignment, AlignSubject } from "./aligner.ts";
import { componentReliability } from "./component-reliability.ts";
import { refuseNewcomer, refuseUnfit } from "./refuse-unfit.ts";
import type { SrmParameters } from "./srm-parameters.ts";
import { mapAll, projectAll, type ReducedSubject, reduceAll, rotated, startResponse } from "./srm-tasks.ts";
import type { Transform } from "./transform.ts";

/** Subjects reduced, and their projections (T × k each) to start from. @throws Fault as a fit does */
export function* beginModel(
  subjects: readonly AlignSubject[],
  { components }: Pick<SrmParameters, "components">,
): Staged<{ readonly reduced: readonly ReducedSubject[]; readonly projected: readonly Matrix[] }> {
  refuseUnfit(subjects);
  const reduced = yield* reduceAll(subjects);
  return { reduced, projected: yield* firstProjections(reduced, components) };
}

/** How many tasks a fit takes that goes through all its iterations, of one task a subject and one of all. */
export function tasksOfModel(subjects: number, { iterations, weighted }: SrmParameters): number {
  // Reduce, start, project; rotate, map, and project once more for weights.
  return (weighted ? 4 : 3) * subjects + 2 + iterations * (subjects + 1);
}

/** Whether the last step changed so little. */
export function settled(values: readonly number[], tolerance: number): boolean {
  const [before, last] = [values.at(-2), values.at(-1)];
  if (before === undefined || last === undefined) return false;
  return Math.abs(last - before) <= tolerance * Math.abs(last);
}

/** The response on its principal axes, and each subject's map to it. */
export function* sharedSpace(
  subjects: readonly ReducedSubject[],
  response: Matrix,
  course: FitCourse,
  { weighted }: Pick<SrmParameters, "weighted">,
): Staged<Alignment> {
  const commonSpace = yield* rotated(response);
  const transforms = yield* mapAll(subjects, commonSpace);
  const weights = weighted
    ? componentReliability((yield* projectAll(subjects, commonSpace, 0)).map(({ projected }) => projected))
    : new Float64Array(commonSpace.columns).fill(1);
  return { commonSpace, columns: { kind: "components", weights }, transforms, course };
}

export function* addToResponse({ commonSpace }: Alignment, subject: AlignSubject): Staged<Transform> {
  refuseNewcomer(commonSpace, subject);
  const reduced = yield* reduceAll([subject]);
  return (yield* mapAll(reduced, commonSpace))[0] as Transform;
}

/** A start for subjects, as `beginModel`: their projections onto where all together vary most. */
export function* firstProjections(
  reduced: readonly ReducedSubject[],
  components: number,
): Staged<readonly Matrix[]> {
  const first = yield* startResponse(reduced, fewest(reduced, components));
  return (yield* projectAll(reduced, first, 0)).map((one) => one.projected);
}

/** No subject can have more orthonormal patterns than it has directions. */
function fewest(subjects: readonly ReducedSubject[], components: number): number {
  return Math.max(
    1,
    Math.min(components, ...subjects.map(({ reduced }) => Math.min(reduced.rows, reduced.columns))),
  );
}
