import { describe, expect, test } from "vitest";
import { matrixFrom } from "#app/linalg/matrix.ts";
import { denseOf, sparsePart, sumSparseParts } from "#app/linalg/sparse-matrix.ts";

describe("sparse matrices", () => {
  test("are the sum of parts, by columns with rows ascending", () => {
    const first = sparsePart(matrixFrom(2, 2, [1, 2, 0, 3]), Int32Array.of(1, 3));
    const second = sparsePart(matrixFrom(3, 3, [4, 0, 0, 5, 6, 0, 0, 0, 7]), Int32Array.of(0, 1, 3));
    const whole = sumSparseParts(4, [first, second]);
    expect([...whole.starts]).toStrictEqual([0, 2, 3, 3, 5]);
    expect([...whole.indices]).toStrictEqual([0, 1, 1, 1, 3]);
    expect([...whole.values]).toStrictEqual([4, 5, 7, 2, 10]);
    expect([...denseOf(whole).data]).toStrictEqual([4, 0, 0, 0, 5, 7, 0, 2, 0, 0, 0, 0, 0, 0, 0, 10]);
  });

  test("keep a place where parts cancel out", () => {
    const part = (value: number) => sparsePart(matrixFrom(1, 1, [value]), Int32Array.of(0));
    expect(sumSparseParts(1, [part(1), part(-1)])).toMatchObject({
      starts: Int32Array.of(0, 1),
      values: Float64Array.of(0),
    });
  });
});
