import { expect, test } from "vitest";
import { emptyModel, fitLogistic, logisticLoss } from "#app/linalg/logistic-model.ts";
import { matrixFrom } from "#app/linalg/matrix.ts";
import { portable } from "#app/linalg/portable.ts";
import { noise } from "#test/linalg/noise.ts";

test("two rows on either side of nothing are told apart by a plane that holds itself back", () => {
  const coded = {
    rows: matrixFrom(2, 1, [1, -1]),
    codes: Int32Array.of(0, 1),
    counts: Float64Array.of(1, 1),
  };
  const { model, loss } = fitLogistic(portable, emptyModel(1, 2), coded);
  // The least of 2·log(1 + exp(−2t)) + t² is where t = 2/(1 + exp(2t)).
  expect([...model.theta.data].map((value) => value.toFixed(6))).toStrictEqual(["0.521298", "-0.521298"]);
  expect([...model.bias].map((value) => Math.abs(value) < 1e-9)).toStrictEqual([true, true]);
  expect(loss).toBeCloseTo(2 * Math.log(1 + Math.exp(-2 * 0.5212983)) + 0.5212983 ** 2, 9);
});

test("no model near the one found has less loss", () => {
  const codes = Int32Array.from({ length: 30 }, (_, row) => row % 4);
  const coded = { rows: noise(30, 3, 1), codes, counts: new Float64Array(30).fill(0.2) };
  const { model, loss } = fitLogistic(portable, emptyModel(3, 4), coded);
  for (let seed = 1; seed <= 20; seed++) {
    const [turn, shift] = [noise(3, 4, seed), noise(1, 4, 100 + seed)];
    const theta = { ...turn, data: turn.data.map((by, at) => by * 0.01 + (model.theta.data[at] as number)) };
    const bias = shift.data.map((by, at) => by * 0.01 + (model.bias[at] as number));
    const held = theta.data.reduce((sum, value) => sum + value * value, 0) / 2;
    expect(logisticLoss(portable, { theta, bias }, coded).loss + held).toBeGreaterThan(loss);
  }
});
