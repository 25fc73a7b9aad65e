import { expect, test } from "vitest";
import { runSpans } from "#renderer/parts/run-spans.ts";
import { areTimed, courseEnd, coursePath, meanCourse } from "#renderer/screens/inspect/course-scale.ts";

const row = (run: string, onset: number) => ({ run, onset, label: null });

test("one end holds both sides, and what is missing on one", () => {
  expect(courseEnd(Float32Array.of(1, -5.2), Float32Array.of(3))).toBe(6);
  expect(courseEnd(Float32Array.of(0.31), null)).toBe(0.4);
  expect(courseEnd(Float32Array.of(12))).toBe(20);
  expect(courseEnd(Float32Array.of(6))).toBe(6);
  expect(courseEnd(null, Float32Array.of(Number.NaN))).toBe(0.1);
});

test("runs are told by their rows", () => {
  expect(runSpans([row("a", 0), row("a", 2), row("b", 0)])).toStrictEqual([
    { run: "a", from: 0, to: 1 },
    { run: "b", from: 2, to: 2 },
  ]);
});

test("rows of one run that come one after the other go by their seconds, all others by number", () => {
  expect(areTimed([row("a", 0), row("a", 1.5), row("a", 9)])).toBe(true);
  expect(areTimed([row("a", 0), row("b", 1.5)])).toBe(false);
  expect(areTimed([row("a", 3), row("a", 1.5)])).toBe(false);
  expect(areTimed([row("a", 3)])).toBe(false);
});

test("the mean and the path leave a gap where a subject has no value", () => {
  const courses = Float32Array.of(1, 2, Number.NaN, 4, 3, 4, 5, 6);
  expect([...meanCourse(courses, 2)]).toStrictEqual([2, 3, Number.NaN, 5]);
  const path = coursePath(
    meanCourse(courses, 2),
    (at) => 10 * at,
    (value) => -value,
  );
  expect(path).toBe("M0.0 -2.0L10.0 -3.0M30.0 -5.0");
});
