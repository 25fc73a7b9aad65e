import type { Linalg } from "#app/linalg/linalg.ts";
import { firstColumns, type Matrix, sum } from "#app/linalg/matrix.ts";
import { type Staged, type Task, type TaskTable, taskCode } from "#app/linalg/task.ts";
import type { Aligner, Alignment, AlignSubject } from "./aligner.ts";
import { blendSpace, blendTasks } from "./blend.ts";
import { MccaParameters } from "./mcca-parameters.ts";
import { refuseNewcomer, refuseUnfit } from "./refuse-unfit.ts";
import { signedColumns } from "./signed-columns.ts";
import { smoother, smootherMap } from "./smoother.ts";
import { type Transform, toComponents } from "./transform.ts";

/** So many subjects' T × T matrices lie in memory at once. */
const AT_ONCE = 8;

interface SmootherInput {
  readonly samples: Matrix;
  readonly ridge: number;
}

interface SharedInput {
  readonly mean: Matrix;
  readonly components: number;
}

interface MapInput extends SmootherInput {
  readonly commonSpace: Matrix;
}

interface Shared {
  /** T × k, orthonormal: the eigenvectors of the mean smoother, the largest value first. */
  readonly commonSpace: Matrix;
  readonly values: Float64Array;
}

const tasks: TaskTable = {
  smoother: taskCode((linalg, { samples, ridge }: SmootherInput) =>
    smoother(linalg, linalg.centre(samples).matrix, ridge),
  ),
  ...blendTasks,
  shared: taskCode(shared),
  map: taskCode(mapOf),
};

/**
 * Reliability-weighted regularised MCCA: generalised canonical correlation by MAXVAR (Kettenring 1971) with a ridge
 * that has no scale, in closed form. With X_i = U·diag(s)·Vᵀ (T × V, centred), λ̄ = ridge · mean(s²) and
 * K_i = X_i(X_iᵀX_i + λ̄I)⁻¹X_iᵀ, the common space S is the top eigenvectors of the mean of all K_i, and a subject's map
 * (X_iᵀX_i + λ̄I)⁻¹X_iᵀS. A component's weight is how far its eigenvalue e is above what one subject alone would give
 * it, r = max(0, (N·e − 1)/(N − 1)). No start, no order, no iterations.
 */
export const mcca: Aligner<typeof MccaParameters> = {
  name: "weighted-mcca",
  label: "Reliability-weighted MCCA",
  help: "Finds the time courses that all subjects' voxels can say best, and weighs each by how well subjects agree on it. Subjects may differ in their voxels. Choose it for films and stories and wherever all samples are at hand in the same order: of all methods here it matches moments between subjects best. The common space has components, no voxels; they are shown on the brain by regression.",
  references: ["kettenring1971"],
  parameters: MccaParameters,
  makesComponents: () => true,
  tasks,
  tasksOfFit: (subjects) => 2 * subjects + Math.ceil(subjects / AT_ONCE) + 1,
  fit,
  addSubject,
};

function* fit(subjects: readonly AlignSubject[], parameters: MccaParameters): Staged<Alignment> {
  refuseUnfit(subjects);
  const { ridge, components, weighted } = parameters;
  const n = subjects.length;
  let mean: Matrix | null = null;
  for (let first = 0; first < n; first += AT_ONCE) {
    const smoothers = (yield subjects
      .slice(first, first + AT_ONCE)
      .map(
        ({ samples }): Task => ({ name: "smoother", input: { samples, ridge } satisfies SmootherInput }),
      )) as readonly Matrix[];
    const part = yield* blendSpace(
      smoothers.map((space) => ({ space, weight: 1 / n })),
      false,
    );
    mean = mean === null ? part : sum([mean, part]);
  }
  const sharing: SharedInput = { mean: mean as Matrix, components };
  const [{ commonSpace, values }] = (yield [{ name: "shared", input: sharing }]) as readonly [Shared];
  const transforms = (yield subjects.map(({ samples }) =>
    mapTask({ samples, ridge, commonSpace }),
  )) as Transform[];
  const weights = values.map((value) => (weighted ? Math.max(0, (n * value - 1) / (n - 1)) : 1));
  return { commonSpace, columns: { kind: "components", weights }, transforms };
}

function* addSubject(
  { commonSpace }: Alignment,
  subject: AlignSubject,
  { ridge }: MccaParameters,
): Staged<Transform> {
  refuseNewcomer(commonSpace, subject);
  return ((yield [mapTask({ samples: subject.samples, ridge, commonSpace })]) as readonly [Transform])[0];
}

function mapTask(input: MapInput): Task {
  return { name: "map", input };
}

function shared(linalg: Linalg, { mean, components }: SharedInput): Shared {
  const { values, vectors } = linalg.eigenSymmetric(mean);
  const kept = Math.min(components, values.filter((value) => value > 1e-12).length);
  return { commonSpace: signedColumns(firstColumns(vectors, kept)), values: values.slice(0, kept) };
}

function mapOf(linalg: Linalg, { samples, ridge, commonSpace }: MapInput): Transform {
  const { matrix, means } = linalg.centre(samples);
  return toComponents(means, smootherMap(linalg, matrix, ridge, commonSpace));
}
