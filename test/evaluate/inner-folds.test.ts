import { expect, test } from "vitest";
import { innerFolds } from "#app/evaluate/inner-folds.ts";

test("several runs are left out in turn", () => {
  expect(innerFolds([2, 3])).toStrictEqual([
    { fit: [2, 3, 4], tried: [0, 1], triedLengths: [2] },
    { fit: [0, 1], tried: [2, 3, 4], triedLengths: [3] },
  ]);
});

test("a single run is cut into thirds, with ten rows on either side that are not fitted to", () => {
  const folds = innerFolds([300]);
  expect(folds.map(({ tried }) => [tried[0], tried.at(-1)])).toStrictEqual([
    [0, 99],
    [100, 199],
    [200, 299],
  ]);
  const [, middle] = folds;
  expect(middle?.fit).toContain(89);
  expect(middle?.fit).not.toContain(90);
  expect(middle?.fit).not.toContain(209);
  expect(middle?.fit).toContain(210);
});

test("of a short run the gap is smaller, so that something is left to fit to", () => {
  for (const { fit } of innerFolds([24])) expect(fit.length).toBeGreaterThanOrEqual(12);
});
