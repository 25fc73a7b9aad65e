import type { Staged } from "#app/linalg/task.ts";
import type { Aligner, Alignment, AlignSubject } from "./aligner.ts";
import type { Blend } from "./blend.ts";
import { GeneralisedProcrustesParameters } from "./generalised-procrustes-parameters.ts";
import { addRotated, forwardAll, procrustesTasks, readied, transformsOnto } from "./procrustes-tasks.ts";
import { refuseUnfit } from "./refuse-unfit.ts";
import { type MoveAll, tasksOfTemplateFit, templateFit } from "./template-fit.ts";
import { templateStart } from "./template-start.ts";

/** Generalised Procrustes analysis (Gower 1975): see `templateFit`, with rotations for maps. */
export const generalisedProcrustes: Aligner<typeof GeneralisedProcrustesParameters> = {
  name: "generalised-procrustes",
  label: "Generalised Procrustes",
  help: "Starts from the mean of all subjects, rotates everyone to it, takes the mean anew, and goes on until it settles. No subject is the reference and no order matters, which is what hyperalignment's first level depends on. The common space has the voxels of the subject with most of them.",
  references: ["gower1975", "bazeille2021"],
  parameters: GeneralisedProcrustesParameters,
  tasks: procrustesTasks,
  tasksOfFit: (subjects, { iterations }) => 2 * subjects + 1 + tasksOfTemplateFit(subjects, iterations),
  fit,
  addSubject: addRotated,
};

function* fit(
  subjects: readonly AlignSubject[],
  parameters: GeneralisedProcrustesParameters,
): Staged<Alignment> {
  refuseUnfit(subjects);
  const { scaling, reflection } = parameters;
  const own = yield* readied(subjects);
  const { columns, laid } = templateStart(subjects);
  const freedom = { scaling, reflection };
  const moveAll: MoveAll = function* (targets) {
    const inputs = own.map(({ source }, at) => {
      return { source, target: targets[at] as Blend, freedom, zscore: false, withTarget: false };
    });
    return (yield* forwardAll(inputs)).map(({ moved }) => moved);
  };
  const template = yield* templateFit(laid, moveAll, { ...parameters, rescaled: true });
  const common = { space: template.commonSpace, voxels: columns.voxels, zscored: false };
  const transforms = yield* transformsOnto(own, common, parameters);
  return { ...template, columns, transforms };
}
