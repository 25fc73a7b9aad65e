import fc from "fast-check";
import { expect, test } from "vitest";
import { highest } from "#app/linalg/vector.ts";

test("the places of the highest scores are those that sorting places finds, of equals the earlier", () => {
  const scores = fc.array(
    fc.oneof(fc.constantFrom(0, 1, Number.POSITIVE_INFINITY), fc.double({ noNaN: true })),
    {
      minLength: 1,
    },
  );
  fc.assert(
    fc.property(scores, fc.nat(40), (values, count) => {
      const order = [...values.keys()].sort((a, b) => {
        const [x, y] = [values[a] as number, values[b] as number];
        return x === y ? a - b : y > x ? 1 : -1;
      });
      const wanted = order.slice(0, count).sort((a, b) => a - b);
      expect([...highest(Float64Array.from(values), count)]).toStrictEqual(wanted);
    }),
  );
});
