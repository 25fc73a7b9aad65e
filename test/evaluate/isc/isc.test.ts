import { expect, test } from "vitest";
import { leaveOneOutIsc } from "#app/evaluate/isc/isc.ts";

test("ISC is the correlation of a subject with the mean of the others", () => {
  const courses = Float32Array.from([1, 2, 3, 4, 2, 4, 6, 8, 4, 3, 2, 1]);
  // Others' means: (3, 3.5, 4, 4.5), (2.5, 2.5, 2.5, 2.5), (1.5, 3, 4.5, 6).
  expect([...leaveOneOutIsc(courses, 3)]).toStrictEqual([
    expect.closeTo(1, 12),
    Number.NaN,
    expect.closeTo(-1, 12),
  ]);
});

test("ISC passes over rows that any subject lacks", () => {
  const courses = Float32Array.from([1, 2, 3, 9, 1, 2, 3, Number.NaN]);
  expect([...leaveOneOutIsc(courses, 2)]).toStrictEqual([expect.closeTo(1, 12), expect.closeTo(1, 12)]);
});
