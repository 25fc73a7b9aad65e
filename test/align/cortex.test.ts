import { describe, expect, test } from "vitest";
import { cortexOf, onCortex } from "#app/align/cortex.ts";
import { centresOf } from "#app/align/searchlights.ts";

/**
 * A strip of cortex folded over: five columns of two vertices a millimetre apart, of which the last two lie half a
 * millimetre above the first two, as the banks of a sulcus do.
 */
const strip = {
  points: Float32Array.from(
    [
      [0, 0],
      [1, 0],
      [2, 0],
      [1, 0.5],
      [0, 0.5],
    ].flatMap(([x, z]) => [x, 0, z, x, 1, z] as number[]),
  ),
  triangles: Uint32Array.from([0, 2, 4, 6].flatMap((at) => [at, at + 1, at + 2, at + 1, at + 3, at + 2])),
};
const all = Int32Array.from({ length: 10 }, (_, at) => at);

describe("what is near on the cortex", () => {
  test("is so along its edges, not across a sulcus", () => {
    const near = onCortex(cortexOf([strip]), all).nearby(2)(0);
    expect([...near.columns]).toStrictEqual([0, 1, 2, 3, 4]);
    // Along its side 1 and 2; a diagonal of the triangles to the other side counts √2 where there is one.
    expect([...near.distances]).toStrictEqual([0, 1, 1, 2, 2]);
    const further = onCortex(cortexOf([strip]), all).nearby(3.2)(0);
    expect(further.columns).toContain(6);
    expect(further.columns).not.toContain(8);
  });

  test("may lie behind vertices that are no columns", () => {
    const near = onCortex(cortexOf([strip]), Int32Array.of(0, 4)).nearby(2)(1);
    expect([...near.columns]).toStrictEqual([0, 1]);
    expect([...near.distances]).toStrictEqual([2, 0]);
  });

  test("is never on the other hemisphere, and is found again after a search", () => {
    const both = onCortex(
      cortexOf([strip, strip]),
      Int32Array.from({ length: 20 }, (_, at) => at),
    );
    expect([...both.places.subarray(30, 33)]).toStrictEqual([0, 0, 0]);
    const near = both.nearby(100);
    for (const time of [1, 2]) {
      expect([time, ...near(12).columns]).toStrictEqual([time, ...all.map((at) => at + 10)]);
    }
  });

  test("makes centres that leave no vertex further than the spacing", () => {
    expect([...centresOf(onCortex(cortexOf([strip]), all), 2)]).toStrictEqual([0, 5, 9]);
  });
});
