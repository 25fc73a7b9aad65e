import type { Linalg } from "#app/linalg/linalg.ts";
import { addDiagonal, type Matrix, scaled, transpose, zeros } from "#app/linalg/matrix.ts";
import { dot } from "#app/linalg/vector.ts";

/** Planes that tell classes apart: of a row z the logits are z·theta + bias. theta: k × classes. */
export interface LogisticModel {
  readonly theta: Matrix;
  readonly bias: Float64Array;
}

/** Rows (n × k) of known classes, codes from 0, and how much each row counts. */
export interface CodedRows {
  readonly rows: Matrix;
  readonly codes: Int32Array;
  readonly counts: Float64Array;
}

export function emptyModel(features: number, classes: number): LogisticModel {
  return { theta: zeros(features, classes), bias: new Float64Array(classes) };
}

/** What a model makes of rows: −Σ count · log p(own class), and each row's count · (p − own class), n × classes. */
export function logisticLoss(
  linalg: Linalg,
  { theta, bias }: LogisticModel,
  { rows, codes, counts }: CodedRows,
): { readonly loss: number; readonly residuals: Matrix } {
  const residuals = linalg.multiply(rows, theta);
  const { columns: classes, data } = residuals;
  let loss = 0;
  for (let row = 0; row < rows.rows; row++) {
    const own = data.subarray(row * classes, (row + 1) * classes);
    let most = Number.NEGATIVE_INFINITY;
    for (let k = 0; k < classes; k++) {
      own[k] = (own[k] as number) + (bias[k] as number);
      most = Math.max(most, own[k] as number);
    }
    const [code, count] = [codes[row] as number, counts[row] as number];
    const logit = own[code] as number;
    let sum = 0;
    for (let k = 0; k < classes; k++) {
      own[k] = Math.exp((own[k] as number) - most);
      sum += own[k] as number;
    }
    loss += count * (most + Math.log(sum) - logit);
    for (let k = 0; k < classes; k++) own[k] = (count * (own[k] as number)) / sum;
    own[code] = (own[code] as number) - count;
  }
  return { loss, residuals };
}

/** More steps than it takes from anywhere. */
const MOST_STEPS = 1000;

/** Beside the loss, a gain that is rounding. */
const SMALL = 1e-14;

/** How much of the bound on the curvature is tried first. */
const FLATTEST = 1 / 64;

/**
 * The model with the least loss + ½‖theta‖², from one to start with. The loss is curved no more than ½·Σ count·z·zᵀ for
 * each class (Böhning 1992), so that least squares with that curvature never make it worse; less of it is tried first
 * and doubled where it does not hold.
 */
export function fitLogistic(
  linalg: Linalg,
  start: LogisticModel,
  coded: CodedRows,
): { readonly model: LogisticModel; readonly loss: number } {
  const { rows, counts } = coded;
  const withOne = beforeOnes(rows);
  const steepest = linalg.scaledGram(
    transpose(withOne),
    counts.map((count) => Math.sqrt(0.5 * count)),
  );
  const at = (model: LogisticModel) => {
    const { loss, residuals } = logisticLoss(linalg, model, coded);
    const { data } = model.theta;
    return { model, residuals, loss: loss + 0.5 * dot(data, data) };
  };
  let now = at(start);
  let share = FLATTEST;
  for (let step = 0; step < MOST_STEPS; step++) {
    const { theta } = now.model;
    const gradient = linalg.multiply(withOne, now.residuals, { left: true });
    for (let k = 0; k < theta.data.length; k++) {
      gradient.data[k] = (gradient.data[k] as number) + (theta.data[k] as number);
    }
    let gain = 0;
    for (;;) {
      const curvature = scaled(steepest, share);
      // ½‖theta‖² is curved by 1, the bias is not held back.
      addDiagonal({ ...curvature, rows: curvature.rows - 1 }, 1);
      const { data: moved } = linalg.solve(curvature, gradient);
      gain = 0.5 * dot(gradient.data, moved);
      const next = at(stepped(now.model, moved));
      if (share === 1 || next.loss <= now.loss - gain) {
        now = next;
        break;
      }
      share = Math.min(1, 2 * share);
    }
    if (gain <= SMALL * now.loss) break;
    share = Math.max(FLATTEST, share / 2);
  }
  return { model: now.model, loss: now.loss };
}

function stepped({ theta, bias }: LogisticModel, moved: Float64Array): LogisticModel {
  const { length } = theta.data;
  return {
    theta: { ...theta, data: theta.data.map((value, at) => value - (moved[at] as number)) },
    bias: bias.map((value, k) => value - (moved[length + k] as number)),
  };
}

/** A column of ones after the others. */
function beforeOnes(rows: Matrix): Matrix {
  const out = zeros(rows.rows, rows.columns + 1);
  for (let row = 0; row < rows.rows; row++) {
    out.data.set(rows.data.subarray(row * rows.columns, (row + 1) * rows.columns), row * out.columns);
    out.data[(row + 1) * out.columns - 1] = 1;
  }
  return out;
}
