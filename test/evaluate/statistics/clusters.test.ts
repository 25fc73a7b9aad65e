import fc from "fast-check";
import { expect, test } from "vitest";
import { clusterSizes } from "#app/evaluate/statistics/clusters.ts";

const line = (count: number) => Int32Array.from({ length: 2 * (count - 1) }, (_, at) => (at + 1) >> 1);

test("clusters are of chosen places that hang together, each place told their size", () => {
  expect([...clusterSizes(Uint8Array.of(1, 1, 0, 1, 1, 1), line(6))]).toStrictEqual([2, 2, 0, 3, 3, 3]);
  expect([...clusterSizes(Uint8Array.of(1, 0, 1), Int32Array.of(0, 2))]).toStrictEqual([2, 0, 2]);
  expect([...clusterSizes(new Uint8Array(3), line(3))]).toStrictEqual([0, 0, 0]);
});

test("along a line they are its stretches", () => {
  fc.assert(
    fc.property(fc.array(fc.boolean(), { minLength: 1, maxLength: 40 }), (chosen) => {
      const text = chosen.map((one) => (one ? "x" : " ")).join("");
      const wanted = [...text.matchAll(/x+| /g)].flatMap(([run]) =>
        run === " " ? [0] : new Array<number>(run.length).fill(run.length),
      );
      const found = clusterSizes(Uint8Array.from(chosen, Number), line(chosen.length));
      expect([...found]).toStrictEqual(wanted);
    }),
  );
});
