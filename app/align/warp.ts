import type { Matrix } from "#app/linalg/matrix.ts";
import { type Staged, type Task, type TaskTable, taskCode } from "#app/linalg/task.ts";
import {
  type Aligner,
  type Alignment,
  type AlignSubject,
  type CommonSpace,
  type VoxelColumns,
  voxelColumns,
} from "./aligner.ts";
import { type Bag, baggedRidgeMap, bagsOf } from "./bags.ts";
import { type PcaTemplateInput, pcaTemplate } from "./pca-template.ts";
import { procrustesTasks, readied, transformsOnto } from "./procrustes-tasks.ts";
import { refuseNewcomer, refuseUnfit } from "./refuse-unfit.ts";
import { ridgeMap, scaledRidge } from "./smoother.ts";
import { templateStart } from "./template-start.ts";
import type { Transform } from "./transform.ts";
import { WarpParameters } from "./warp-parameters.ts";

interface RidgeInput {
  readonly samples: Matrix;
  readonly template: Matrix;
  readonly ridge: number;
  readonly bags: readonly Bag[];
}

const tasks: TaskTable = {
  ...procrustesTasks,
  template: taskCode(pcaTemplate),
  ridge: taskCode((linalg, { samples, template, ridge, bags }: RidgeInput): Transform => {
    const { matrix, means: offsetIn, squaredNorm } = linalg.centre(samples);
    const { matrix: target, means: offsetOut } = linalg.centre(template);
    const added = scaledRidge(matrix, ridge, squaredNorm);
    const map =
      bags.length === 0
        ? ridgeMap(linalg, matrix, added, target)
        : baggedRidgeMap(linalg, matrix, added, target, bags);
    return { offsetIn, offsetOut, scale: 1, map: { kind: "dense", matrix: map } };
  }),
};

/** Ridge regression, or a rotation, onto the template of `pcaTemplate` (Feilong et al. 2023). */
export const warp: Aligner<typeof WarpParameters> = {
  name: "warp",
  label: "Warp to a PCA template",
  help: "Makes a template of the principal components of all subjects' voxels, turned to lie over the voxels as the subjects do, and brings every subject to it by ridge regression. The template is made at once, of all subjects alike, and regression takes what noise there is for what it is. In searchlights this is warp hyperalignment. The common space has voxels.",
  references: ["feilong2023"],
  parameters: WarpParameters,
  tasks,
  fitsColumnsAlone: ({ map }) => map === "ridge",
  tasksOfFit: (subjects, { map }) => (map === "ridge" ? 1 + subjects : 2 + 2 * subjects),
  space,
  fit,
  addSubject,
};

function* fit(subjects: readonly AlignSubject[], parameters: WarpParameters): Staged<Alignment> {
  const { commonSpace, columns } = yield* space(subjects, parameters);
  const transforms = yield* onto(subjects, commonSpace, columns.voxels, parameters);
  return { commonSpace, columns, transforms };
}

function* space(
  subjects: readonly AlignSubject[],
  { template: scale, components }: WarpParameters,
): Staged<CommonSpace & { readonly columns: VoxelColumns }> {
  refuseUnfit(subjects);
  const { columns, laid } = templateStart(subjects);
  const samples = subjects.map((subject) => subject.samples);
  const most = components ?? columns.voxels.length;
  const input: PcaTemplateInput = { samples, laid, components: most, scale };
  const [commonSpace] = (yield [{ name: "template", input }]) as readonly [Matrix];
  return { commonSpace, columns };
}

function* addSubject(
  { commonSpace, columns }: Alignment,
  subject: AlignSubject,
  parameters: WarpParameters,
): Staged<Transform> {
  refuseNewcomer(commonSpace, subject);
  const { voxels } = voxelColumns(columns);
  return (yield* onto([subject], commonSpace, voxels, parameters))[0] as Transform;
}

function* onto(
  subjects: readonly AlignSubject[],
  space: Matrix,
  voxels: Int32Array,
  { map, ridge, bags: count, ...rule }: WarpParameters,
): Staged<readonly Transform[]> {
  if (map === "rotation") {
    return yield* transformsOnto(yield* readied(subjects), { space, voxels, zscored: false }, rule);
  }
  const bags = bagsOf(space.rows, count);
  return (yield subjects.map(
    ({ samples }): Task => ({
      name: "ridge",
      input: { samples, template: space, ridge, bags } satisfies RidgeInput,
    }),
  )) as readonly Transform[];
}
