import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import type { AlignSubject } from "#app/align/aligner.ts";
import { type LedSubject, noPlanes, planesOf, reduceAllLed } from "#app/align/led-subjects.ts";
import { alternateLed, semiSupervisedSrm } from "#app/align/semi-supervised-srm.ts";
import type { Projected } from "#app/align/srm-tasks.ts";
import { logisticLoss } from "#app/linalg/logistic-model.ts";
import { type Matrix, transpose } from "#app/linalg/matrix.ts";
import { portable } from "#app/linalg/portable.ts";
import { runInline, type Staged } from "#app/linalg/task.ts";
import { alignSubject } from "#test/align/align-subject.ts";
import { relative, stored } from "#test/golden/archive.ts";
import { readNpz } from "#test/golden/npz.ts";

const golden = readNpz(readFileSync(join(import.meta.dirname, "sssrm.npz")));
const run = <Result>(staged: Staged<Result>) => runInline(staged, semiSupervisedSrm.tasks, portable);

const subjects = stored(golden, "X").map((samples, at): AlignSubject => {
  const codes = Int32Array.from(golden.get(`y_s${at}`)?.data as ArrayLike<number>);
  return { ...alignSubject(samples), labelled: { samples: stored(golden, "Z")[at] as Matrix, codes } };
});
const led = run(reduceAllLed(subjects));

/** Their maps after so many turns as ours would be found. */
function theirs(name: string): readonly Projected[] {
  return stored(golden, `${name}/W`).map((map, at) => ({
    projected: portable.multiply((led[at] as LedSubject).model.reduced, map),
    factor: transpose(map),
    agreement: 0,
  }));
}

const objectiveOf = (name: string) => golden.get(`${name}/objective`)?.data[0] as number;

const cases = [
  { name: "even", alpha: 0.5, gamma: 1 },
  { name: "labels", alpha: 0.95, gamma: 0.1 },
];

describe.each(cases)(
  "the semi-supervised shared response model against BrainIAK, $name",
  ({ name, ...balance }) => {
    const { alpha, gamma } = balance;

    test("what is made small is the same of the same maps, response and planes", () => {
      const [response] = stored(golden, `${name}/10/S`) as [Matrix];
      const [theta] = stored(golden, `${name}/10/theta`) as [Matrix];
      const bias = golden.get(`${name}/10/bias`)?.data as Float64Array;
      const squares = ({ data }: Matrix) => data.reduce((all, value) => all + value * value, 0);
      const maps = theirs(`${name}/10`);
      let value = 0.5 * squares(theta);
      led.forEach(({ model, coded }, at) => {
        const { projected, factor } = maps[at] as Projected;
        const along = projected.data.reduce((all, one, k) => all + one * (response.data[k] as number), 0);
        const misfit = model.squaredNorm - 2 * along + squares(response);
        value += ((1 - alpha) * misfit) / (2 * response.rows);
        if (coded === null) return;
        const rows = portable.multiply(coded.rows, factor, { right: true });
        value += (alpha / gamma) * logisticLoss(portable, { theta, bias }, { ...coded, rows }).loss;
      });
      expect(value).toBeCloseTo(objectiveOf(`${name}/10`), 9);
    });

    test("the planes between classes are theirs", () => {
      const found = theirs(`${name}/0`);
      const planes = run(
        planesOf({
          subjects: led.map(({ coded }, at) => ({ coded, factor: (found[at] as Projected).factor })),
          planes: noPlanes(led, 4),
          ...balance,
        }),
      );
      expect(relative([planes.model.theta], stored(golden, `${name}/0/theta`))).toBeLessThan(1e-5);
      planes.model.bias.forEach((value, at) => {
        expect(value).toBeCloseTo(golden.get(`${name}/0/bias`)?.data[at] as number, 4);
      });
    });

    test("ten turns from their start end no worse than theirs, and every turn is better than the last", () => {
      const { course } = run(
        alternateLed(led, theirs(`${name}/0`), { iterations: 10, tolerance: 0, ...balance }),
      );
      const { values } = course;
      expect(values[0]).toBeLessThan(objectiveOf(`${name}/0`));
      values.slice(1).forEach((value, at) => {
        expect(value).toBeLessThan((values[at] as number) + 1e-10);
      });
      expect(values.at(-1)).toBeLessThan(objectiveOf(`${name}/10`) * (1 + 1e-4));
    });
  },
);
