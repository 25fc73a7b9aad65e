import type { Linalg } from "#app/linalg/linalg.ts";
import type { Matrix } from "#app/linalg/matrix.ts";
import { type Staged, type Task, type TaskTable, taskCode } from "#app/linalg/task.ts";
import { type Aligner, type Alignment, type AlignSubject, columnsOf, voxelColumns } from "./aligner.ts";
import { type Blend, blend, blendTasks } from "./blend.ts";
import { OptimalTransportParameters } from "./optimal-transport-parameters.ts";
import { refuseManyVoxels, refuseNewcomer, refuseOtherVoxels, refuseUnfit } from "./refuse-unfit.ts";
import { sinkhorn } from "./sinkhorn.ts";
import { type MoveAll, tasksOfTemplateFit, templateFit } from "./template-fit.ts";
import type { Transform } from "./transform.ts";
import { divide, voxelDifferences } from "./voxel-differences.ts";

interface FitInput {
  readonly samples: Matrix;
  readonly target: Blend;
  readonly parameters: OptimalTransportParameters;
}

/** Mass, of 1 in all, that may lie where it should not: the plan is exact to it. */
const TOLERANCE = 1e-9;

/** A plan of so many voxels takes 200 MB. */
const MOST_VOXELS = 5000;

const tasks: TaskTable = {
  ...blendTasks,
  move: taskCode((linalg, input: FitInput) => linalg.multiply(input.samples, mapOf(linalg, input))),
  transform: taskCode(
    (linalg, input: FitInput): Transform => ({
      offsetIn: new Float64Array(input.samples.columns),
      offsetOut: new Float64Array(input.target[0]?.space.columns ?? 0),
      scale: 1,
      map: { kind: "dense", matrix: mapOf(linalg, input) },
    }),
  ),
};

/**
 * Entropic optimal transport to a template (Bazeille et al. 2019), as fmralign does it: the plan P between a subject's
 * voxels and the template's that is least in ⟨C, P⟩ + ε·Σ P(ln P − 1) for C_vw = ‖x_v − y_w‖² over time, divided by its
 * largest element. X ↦ X·P·V for the template's V voxels: each of these becomes a weighted mean of the subject's.
 */
export const optimalTransport: Aligner<typeof OptimalTransportParameters> = {
  name: "optimal-transport",
  label: "Entropic optimal transport",
  help: "Sends each subject's voxels to the voxels of a template whose time courses are like theirs, at the least cost in all and so that no voxel is left out. Values are averaged and never change their sign. Choose it for small regions or parcels of subjects in one space whose voxels hold the same patterns in slightly different places. The common space has the voxels that all subjects have.",
  references: ["bazeille2019", "bazeille2021", "cuturi2013", "chizat2018"],
  parameters: OptimalTransportParameters,
  tasks,
  tasksOfFit: (subjects, { templateIterations }) =>
    subjects + tasksOfTemplateFit(subjects, templateIterations),
  fit,
  addSubject,
};

function* fit(subjects: readonly AlignSubject[], parameters: OptimalTransportParameters): Staged<Alignment> {
  refuseUnfit(subjects);
  refuseOtherVoxels(subjects);
  refuseManyVoxels(subjects, MOST_VOXELS);
  const samples = subjects.map((subject) => subject.samples);
  const fitAll = (name: "move" | "transform", targets: readonly Blend[]) =>
    samples.map(
      (own, at): Task => ({ name, input: { samples: own, target: targets[at] as Blend, parameters } }),
    );
  const moveAll: MoveAll = function* (targets) {
    return (yield fitAll("move", targets)) as readonly Matrix[];
  };
  const { templateIterations: iterations } = parameters;
  const rule = { iterations, tolerance: 0, leaveOneOut: false, rescaled: false };
  const template = yield* templateFit(samples, moveAll, rule);
  const target: Blend = [{ space: template.commonSpace, weight: 1 }];
  const transforms = (yield fitAll(
    "transform",
    samples.map(() => target),
  )) as readonly Transform[];
  return { ...template, columns: columnsOf(subjects[0] as AlignSubject), transforms };
}

function* addSubject(
  { commonSpace, columns }: Alignment,
  subject: AlignSubject,
  parameters: OptimalTransportParameters,
): Staged<Transform> {
  refuseNewcomer(commonSpace, subject);
  refuseOtherVoxels([subject, voxelColumns(columns)]);
  refuseManyVoxels([subject], MOST_VOXELS);
  const target: Blend = [{ space: commonSpace, weight: 1 }];
  const input: FitInput = { samples: subject.samples, target, parameters };
  return ((yield [{ name: "transform", input }]) as readonly [Transform])[0];
}

/** The plan times the number of the template's voxels. */
function mapOf(linalg: Linalg, { samples, target, parameters }: FitInput): Matrix {
  const template = blend(linalg, target, false);
  const { epsilon, marginalRelaxation: relaxation, passes } = parameters;
  const cost = voxelDifferences(linalg, samples, template);
  const { plan } = sinkhorn(linalg, { cost, epsilon, relaxation }, { passes, tolerance: TOLERANCE });
  divide(plan, 1 / template.columns);
  return plan;
}
