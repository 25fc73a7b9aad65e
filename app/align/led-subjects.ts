import { polarFactor } from "#app/linalg/gram-svd.ts";
import type { Linalg } from "#app/linalg/linalg.ts";
import {
  type CodedRows,
  emptyModel,
  fitLogistic,
  type LogisticModel,
  logisticLoss,
} from "#app/linalg/logistic-model.ts";
import { type Matrix, scaled, stackRows, zeros } from "#app/linalg/matrix.ts";
import { type Staged, type Task, type TaskTable, taskCode } from "#app/linalg/task.ts";
import { dot } from "#app/linalg/vector.ts";
import type { AlignSubject } from "./aligner.ts";
import { type NamedSamples, type ReducedSubject, reduceBoth } from "./reduced-subject.ts";
import type { Projected } from "./srm-tasks.ts";

/** A subject made ready for a shared response, and the rows with a class, n × the reduced columns. */
export interface LedSubject {
  readonly model: ReducedSubject;
  readonly coded: CodedRows | null;
  /** The largest singular value of the rows with a class, squared. */
  readonly reach: number;
}

/** How much classes count beside the response, and how little planes are held back: BrainIAK's alpha and gamma. */
export interface Balance {
  readonly alpha: number;
  readonly gamma: number;
}

interface LeadInput extends Balance {
  readonly subject: LedSubject;
  readonly response: Matrix;
  /** The subject's map so far, Wᵀ: k × r. */
  readonly factor: Matrix;
  readonly planes: LogisticModel;
}

interface PlanesInput extends Balance {
  readonly subjects: readonly { readonly coded: CodedRows | null; readonly factor: Matrix }[];
  readonly planes: LogisticModel;
}

/** Planes between the classes in the shared space, and what they cost: their loss and ½‖theta‖². */
export interface Planes {
  readonly model: LogisticModel;
  readonly loss: number;
}

/** So many steps are taken from one response and set of planes. */
const STEPS = 10;

/** How many times as long as the bound allows the first step is tried. */
const LONGEST = 256;

interface LedInput extends NamedSamples {
  readonly labelled: AlignSubject["labelled"];
}

export const ledTasks: TaskTable = {
  reduceLed: taskCode(reduceLed),
  lead: taskCode(lead),
  planes: taskCode(planesBetween),
};

export function* reduceAllLed(subjects: readonly AlignSubject[]): Staged<readonly LedSubject[]> {
  return (yield subjects.map(({ samples, labelled }, at): Task => {
    const input: LedInput = { name: `subject ${at + 1}`, samples, labelled };
    return { name: "reduceLed", input };
  })) as readonly LedSubject[];
}

/** Each subject's map to a response, led by the planes between the classes. */
export function* leadAll(inputs: readonly LeadInput[]): Staged<readonly Projected[]> {
  return (yield inputs.map((input): Task => ({ name: "lead", input }))) as readonly Projected[];
}

/** The planes between the classes of all subjects' rows, from some to start with. */
export function* planesOf(input: PlanesInput): Staged<Planes> {
  return ((yield [{ name: "planes", input }]) as readonly [Planes])[0];
}

/** No planes, for maps with so many components; classes are those of all subjects. */
export function noPlanes(subjects: readonly LedSubject[], components: number): LogisticModel {
  const last = subjects.reduce(
    (most, { coded }) => coded?.codes.reduce((all, code) => Math.max(all, code), most) ?? most,
    -1,
  );
  return emptyModel(components, last + 1);
}

function reduceLed(linalg: Linalg, { labelled, ...named }: LedInput): LedSubject {
  const given = labelled === undefined || labelled.samples.rows === 0 ? null : labelled;
  const { subject: model, others: rows } = reduceBoth(linalg, named, given?.samples ?? null);
  if (given === null || rows === null) return { model, coded: null, reach: 0 };
  const counts = new Float64Array(rows.rows).fill(1 / rows.rows);
  const reach = linalg.eigenSymmetric(linalg.gram(rows)).values[0] as number;
  return { model, coded: { rows, codes: given.codes, counts }, reach };
}

/**
 * Least (1 − α)/2T·‖X − S·Wᵀ‖² + α/γ·(mean of −log p) over orthonormal W. The second part is curved no more than
 * L = α/γn · ½·‖Z‖²·‖θ‖², and ‖W − W₀‖² is linear in W where both are orthonormal, so that every step is a polar factor,
 * that of (1 − α)/T·XᵀS − gradient + L·W₀, and none makes it worse. Steps are longer with a smaller L, which is tried
 * first and doubled where it does not hold.
 */
function lead(
  linalg: Linalg,
  { subject, response, factor: start, planes, alpha, gamma }: LeadInput,
): Projected {
  const { model, coded } = subject;
  const share = (1 - alpha) / response.rows;
  const cross = scaled(linalg.multiply(response, model.reduced, { left: true }), share);
  const factor =
    coded === null || alpha === 0
      ? polarFactor(linalg, cross).factor
      : ledFactor(linalg, cross, start, {
          coded,
          planes,
          weight: alpha / gamma,
          reach: subject.reach,
        });
  const projected = linalg.multiply(model.reduced, factor, { right: true });
  return { projected, factor, agreement: dot(projected.data, response.data) };
}

interface Leading {
  readonly coded: CodedRows;
  readonly planes: LogisticModel;
  /** How much the loss counts. */
  readonly weight: number;
  readonly reach: number;
}

function ledFactor(
  linalg: Linalg,
  cross: Matrix,
  start: Matrix,
  { coded, planes, weight, reach }: Leading,
): Matrix {
  const { theta } = planes;
  const at = (factor: Matrix) => {
    const rows = linalg.multiply(coded.rows, factor, { right: true });
    const { loss, residuals } = logisticLoss(linalg, planes, { ...coded, rows });
    return { factor, loss: weight * loss, residuals };
  };
  const steepest = linalg.eigenSymmetric(linalg.gram(theta)).values[0] as number;
  const most = (0.5 * weight * reach * steepest) / coded.rows.rows;
  let curvature = most / LONGEST;
  let now = at(start);
  for (let step = 0; step < STEPS; step++) {
    const along = linalg.multiply(theta, now.residuals, { right: true });
    const gradient = linalg.multiply(along, coded.rows).data;
    for (;;) {
      const target = zeros(cross.rows, cross.columns);
      for (let k = 0; k < gradient.length; k++) {
        const pull = (cross.data[k] as number) - weight * (gradient[k] as number);
        target.data[k] = pull + curvature * (now.factor.data[k] as number);
      }
      const next = at(polarFactor(linalg, target).factor);
      let [linear, square] = [0, 0];
      for (let k = 0; k < gradient.length; k++) {
        const moved = (next.factor.data[k] as number) - (now.factor.data[k] as number);
        linear += moved * (gradient[k] as number);
        square += moved * moved;
      }
      if (curvature >= most || next.loss <= now.loss + weight * linear + 0.5 * curvature * square) {
        now = next;
        break;
      }
      curvature = Math.min(most, 2 * curvature);
    }
    curvature /= 2;
  }
  return now.factor;
}

function planesBetween(linalg: Linalg, { subjects, planes, alpha, gamma }: PlanesInput): Planes {
  const all = subjects.flatMap(({ coded, factor }) =>
    coded === null ? [] : [{ ...coded, rows: linalg.multiply(coded.rows, factor, { right: true }) }],
  );
  if (all.length === 0 || alpha === 0) return { model: planes, loss: 0 };
  return fitLogistic(linalg, planes, {
    rows: stackRows(all.map(({ rows }) => rows)),
    codes: Int32Array.from(all.flatMap(({ codes }) => [...codes])),
    counts: Float64Array.from(all.flatMap(({ counts }) => [...counts].map((one) => (one * alpha) / gamma))),
  });
}
