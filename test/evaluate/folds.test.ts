import fc from "fast-check";
import { expect, test } from "vitest";
import { expandProtocol, refuseLeak, rolesOf } from "#app/evaluate/folds.ts";

test("no fold of leave-one-run-out leaks; adding a tested run to the align runs is refused", () => {
  fc.assert(
    fc.property(fc.integer({ min: 2, max: 8 }), (count) => {
      const runs = Array.from({ length: count }, (_, at) => `r${at}`);
      for (const fold of expandProtocol({ name: "leave-one-run-out" }, runs)) {
        expect(() => refuseLeak(fold)).not.toThrow();
        for (const run of fold.testRuns) expect([...rolesOf(fold, "a", run, "a")]).toStrictEqual(["test"]);
        expect(() => refuseLeak({ ...fold, alignRuns: runs })).toThrow();
      }
    }),
  );
});
