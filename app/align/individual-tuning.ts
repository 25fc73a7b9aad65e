import { z } from "zod";
import { gramSvd } from "#app/linalg/gram-svd.ts";
import type { Linalg } from "#app/linalg/linalg.ts";
import { firstColumns, type Matrix, scaledColumns, sum } from "#app/linalg/matrix.ts";
import { type Staged, type Task, type TaskTable, taskCode } from "#app/linalg/task.ts";
import type { Aligner, Alignment, AlignSubject } from "./aligner.ts";
import { componentReliability } from "./component-reliability.ts";
import { type PcaTemplateInput, pcaTemplate } from "./pca-template.ts";
import { refuseNewcomer, refuseUnfit } from "./refuse-unfit.ts";
import { signedColumns } from "./signed-columns.ts";
import { ridgeFitted, scaledRidge } from "./smoother.ts";
import { templateStart } from "./template-start.ts";
import { applyTransform, type Transform, toComponents } from "./transform.ts";
import { templateParameters } from "./warp-parameters.ts";

const TuningParameters = z.strictObject({
  components: z
    .int()
    .min(1)
    .max(1000)
    .default(50)
    .meta({
      title: "Components",
      description: "Columns of the common space: time courses that the subjects' voxels are tuned to.",
      tries: [10, 20, 50, 100],
    }),
  ridge: z
    .number()
    .min(0.0001)
    .max(100_000)
    .default(0.1)
    .meta({
      title: "Ridge",
      description:
        "How strongly the template's weak directions are damped when each subject is said by it, in units of the mean square of its singular values.",
      tries: [0.03, 0.1, 0.3, 1, 3, 10],
    }),
  damping: z
    .number()
    .min(0)
    .max(100_000)
    .default(0.1)
    .meta({
      title: "Damping",
      description:
        "How strongly components that a subject is little tuned to are damped when samples are brought to the common space, in units of the mean square of the tuning's singular values. 0: plain least squares.",
      tries: [0.01, 0.1, 1, 10],
    }),
  template: templateParameters.template,
  weighted: z.boolean().default(true).meta({
    title: "Weight by reliability",
    description: "Whether a component counts as much as subjects agree on it in the samples aligned on.",
  }),
});
type TuningParameters = z.output<typeof TuningParameters>;

interface DenoiseInput {
  readonly samples: Matrix;
  readonly template: Matrix;
  readonly ridge: number;
}

interface BasisInput {
  readonly denoised: readonly Matrix[];
  readonly components: number;
}

interface TuneInput extends DenoiseInput {
  readonly basis: Matrix;
  readonly damping: number;
}

interface WeighInput {
  readonly samples: readonly Matrix[];
  readonly transforms: readonly Transform[];
}

const tasks: TaskTable = {
  template: taskCode(pcaTemplate),
  denoise: taskCode(denoised),
  basis: taskCode((linalg, { denoised: all, components }: BasisInput): Matrix => {
    const { values, vectors } = linalg.eigenSymmetric(sum(all.map((own) => linalg.gram(own))));
    const rank = values.filter((value) => value > CUT * (values[0] as number)).length;
    return signedColumns(firstColumns(vectors, Math.min(components, rank)));
  }),
  tune: taskCode((linalg, input: TuneInput): Transform => {
    const tuning = linalg.multiply(input.basis, denoised(linalg, input), { left: true });
    return toComponents(linalg.centre(input.samples).means, inverseOf(linalg, tuning, input.damping));
  }),
  weigh: taskCode((linalg, { samples, transforms }: WeighInput) =>
    componentReliability(
      transforms.map((transform, at) => {
        const moved = applyTransform(linalg, transform, samples[at] as Matrix);
        return linalg.centre(moved).matrix;
      }),
    ),
  ),
};

/** A direction with less than this share of the first's variance is rounding. */
const CUT = 1e-10;

/**
 * Individualised neural tuning (Feilong et al. 2023): every subject's samples are said by a template M, B̂ = M·W (ridge
 * regression); the common space S is the first left singular vectors of all B̂ side by side (T × k), and a subject's
 * tuning SᵀB̂ (k × V). Samples come into S by least squares for the S behind them, which is damped: without, what a
 * subject is little tuned to is noise.
 */
export const individualTuning: Aligner<typeof TuningParameters> = {
  name: "individual-tuning",
  label: "Individualised neural tuning",
  help: "Says each voxel of each subject by time courses that all subjects share: a subject is the tuning of their voxels to them. It first cleans every subject by a template of all. Choose it to study how subjects' tuning differs, or to foretell what a subject's voxels would do in other samples of the same kind. The common space has components, no voxels; they are shown on the brain by regression.",
  references: ["feilong2023"],
  parameters: TuningParameters,
  makesComponents: () => true,
  tasks,
  tasksOfFit: (subjects, { weighted }) => 2 * subjects + (weighted ? 3 : 2),
  fit,
  addSubject,
};

function* fit(subjects: readonly AlignSubject[], parameters: TuningParameters): Staged<Alignment> {
  refuseUnfit(subjects);
  const { components, ridge, weighted, template: scale } = parameters;
  const { columns, laid } = templateStart(subjects);
  const samples = subjects.map((subject) => subject.samples);
  const made: PcaTemplateInput = { samples, laid, components: columns.voxels.length, scale };
  const [template] = (yield [{ name: "template", input: made }]) as readonly [Matrix];
  const all = (yield samples.map(
    (own): Task => ({ name: "denoise", input: { samples: own, template, ridge } satisfies DenoiseInput }),
  )) as readonly Matrix[];
  const input: BasisInput = { denoised: all, components };
  const [basis] = (yield [{ name: "basis", input }]) as readonly [Matrix];
  const transforms = (yield samples.map((own) => tuneTask(own, template, basis, parameters))) as Transform[];
  const weights = weighted
    ? ((yield [{ name: "weigh", input: { samples, transforms } satisfies WeighInput }])[0] as Float64Array)
    : new Float64Array(basis.columns).fill(1);
  return {
    commonSpace: basis,
    columns: { kind: "components", weights },
    transforms,
    whole: { space: template, columns },
  };
}

function* addSubject(
  { commonSpace, whole }: Alignment,
  subject: AlignSubject,
  parameters: TuningParameters,
): Staged<Transform> {
  refuseNewcomer(commonSpace, subject);
  if (whole === undefined) throw new RangeError("the space is not one of individualised tuning");
  const task = tuneTask(subject.samples, whole.space, commonSpace, parameters);
  return ((yield [task]) as readonly [Transform])[0];
}

function tuneTask(
  samples: Matrix,
  template: Matrix,
  basis: Matrix,
  { ridge, damping }: TuningParameters,
): Task {
  return { name: "tune", input: { samples, template, ridge, basis, damping } satisfies TuneInput };
}

/** What ridge regression on the template says of a subject's samples, T × V, centred. */
function denoised(linalg: Linalg, { samples, template, ridge }: DenoiseInput): Matrix {
  const { matrix: shared } = linalg.centre(template);
  const { matrix: own } = linalg.centre(samples);
  return ridgeFitted(linalg, shared, scaledRidge(shared, ridge), own);
}

/** Vᵀ-ways of a tuning A = U·diag(a)·Vᵀ (k × V): V·diag(a/(a² + damping · mean(a²)))·Uᵀ, V × k. */
function inverseOf(linalg: Linalg, tuning: Matrix, damping: number): Matrix {
  const { u, values, v } = gramSvd(linalg, tuning);
  const mean = values.reduce((all, value) => all + value * value, 0) / Math.max(1, values.length);
  const over = scaledColumns(v, (k) => {
    const value = values[k] as number;
    return value * value > CUT * (values[0] as number) ** 2 ? value / (value * value + damping * mean) : 0;
  });
  return linalg.multiply(over, u, { right: true });
}
