import { describe, expect, test } from "vitest";
import { matrixFrom } from "#app/linalg/matrix.ts";
import { denseOf, type PlacedPart, TransposedSum } from "#app/linalg/sparse-matrix.ts";

function transposedSum(size: number, parts: readonly PlacedPart[]) {
  const whole = new TransposedSum(
    size,
    parts.map(({ places }) => places),
  );
  for (const part of parts) whole.add(part);
  return whole.sum();
}

describe("sparse matrices", () => {
  test("are put together of parts, whose rows become columns", () => {
    const first = { places: Int32Array.of(1, 3), matrix: matrixFrom(2, 2, [1, 2, 0, 3]) };
    const second = {
      places: Int32Array.of(0, 1, 3),
      matrix: matrixFrom(3, 3, [4, 0, 0, 5, 6, 0, 0, 0, 7]),
    };
    const whole = transposedSum(4, [first, second]);
    expect([...whole.starts]).toStrictEqual([0, 1, 4, 4, 5]);
    expect([...whole.indices]).toStrictEqual([0, 0, 1, 3, 3]);
    expect([...whole.values]).toStrictEqual([4, 5, 7, 2, 10]);
    expect([...denseOf(whole).data]).toStrictEqual([4, 5, 0, 0, 0, 7, 0, 0, 0, 0, 0, 0, 0, 2, 0, 10]);
  });

  test("are not put together before all parts are there", () => {
    const places = Int32Array.of(0);
    const whole = new TransposedSum(1, [places, places]);
    whole.add({ places, matrix: matrixFrom(1, 1, [1]) });
    expect(() => whole.sum()).toThrow(RangeError);
  });

  test("have no place where parts cancel out", () => {
    const part = (value: number) => ({ places: Int32Array.of(0), matrix: matrixFrom(1, 1, [value]) });
    expect(transposedSum(1, [part(1), part(-1)])).toMatchObject({
      starts: Int32Array.of(0, 0),
      values: new Float64Array(),
    });
  });
});
