import fc from "fast-check";
import { expect, test } from "vitest";
import { Plan } from "#app/contract/plan.ts";
import { expandProtocol, foldsOf, refuseLeak, rolesOf } from "#app/evaluate/folds.ts";
import { tinyPlan } from "#test/dataset/tiny-study.ts";

test("no fold of leave-one-run-out leaks; adding a tested run to the align runs is refused", () => {
  fc.assert(
    fc.property(fc.integer({ min: 2, max: 8 }), (count) => {
      const runs = Array.from({ length: count }, (_, at) => `r${at}`);
      for (const fold of expandProtocol({ name: "leave-one-run-out" }, runs)) {
        expect(() => refuseLeak(fold, { kind: "brain" })).not.toThrow();
        for (const run of fold.testRuns) expect([...rolesOf(fold, "a", run, "a")]).toStrictEqual(["test"]);
        expect(() => refuseLeak({ ...fold, alignRuns: runs }, { kind: "brain" })).toThrow();
      }
    }),
  );
});

test("parcels made from a run that is tested are refused under every protocol", () => {
  const runs = ["r1", "r2", "r3"];
  const planOf = (from: string[], protocol: Record<string, unknown>) =>
    Plan.parse(tinyPlan("/study", { region: { kind: "parcels", count: 5, from }, protocol }));
  const leak = (run: string) =>
    expect.objectContaining({ code: "plan/leak", values: { run, does: "makes parcels from" } });
  const fitTest = { name: "fit-test", fit: ["r1"], test: ["r2"] };
  expect(() => foldsOf(planOf(["r1", "r2"], fitTest), runs)).toThrow(leak("r2"));
  expect(() => foldsOf(planOf(["r1"], { name: "leave-one-run-out" }), runs)).toThrow(leak("r1"));
  expect(() => foldsOf(planOf(["r3"], { name: "leave-one-subject-out" }), runs)).toThrow(leak("r3"));
  expect(foldsOf(planOf(["r1", "r3"], fitTest), runs)).toHaveLength(1);
});
