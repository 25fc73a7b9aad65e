import { describe, expect, test } from "vitest";
import { placeIn } from "#app/example/example-volume.ts";
import { wholeBrain } from "#app/example/whole-brain.ts";

const count = (mask: Uint8Array) => mask.reduce((sum, inside) => sum + inside, 0);

describe("the whole brains of the example", () => {
  test("have 60,000 voxels, a quarter of which respond, always the same for a seed", () => {
    const { brain, responding } = wholeBrain(1);
    expect(count(brain)).toBe(59_805);
    expect(count(responding) / count(brain)).toBeGreaterThan(0.15);
    expect(count(responding) / count(brain)).toBeLessThan(0.35);
    expect(responding.every((own, at) => own <= (brain[at] as number))).toBe(true);
    expect(wholeBrain(1).responding).toStrictEqual(responding);
    expect(wholeBrain(2).responding).not.toStrictEqual(responding);
  });

  test("lie around the middle of the template, smaller ones too", () => {
    for (const scale of [1, 0.405]) {
      const { grid, brain } = wholeBrain(1, scale);
      const places = [...brain.keys()].filter((at) => brain[at] === 1).map((at) => placeIn(grid, at));
      const mean = [0, 1, 2].map(
        (axis) => places.reduce((sum, place) => sum + (place[axis] as number), 0) / places.length,
      );
      for (const [axis, wanted] of [0, -18, 12].entries()) expect(mean[axis]).toBeCloseTo(wanted, 6);
      expect(Math.max(...places.map(([x]) => x))).toBeLessThanOrEqual(scale * 70);
    }
    expect(count(wholeBrain(1, 0.405).brain)).toBe(3977);
  });
});
