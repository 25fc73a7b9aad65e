import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { Plan, type Protocol } from "#app/contract/plan.ts";
import { rowsIn } from "#app/evaluate/evaluation.ts";
import { type Fold, rolesOf } from "#app/evaluate/fold.ts";
import { foldsOf, refuseLeak } from "#app/evaluate/folds.ts";
import { expandProtocol } from "#app/evaluate/protocols.ts";
import { tinyPlan } from "#test/dataset/tiny-study.ts";

const SUBJECTS = ["sub-1", "sub-2", "sub-3"];
const same = { claim: "same subjects, new data", scheme: "A" } as const;
const runsOf = (lengths: readonly number[]) => lengths.map((volumes, at) => ({ run: `r${at + 1}`, volumes }));

const studies = fc.array(fc.integer({ min: 40, max: 90 }), { minLength: 2, maxLength: 5 }).map(runsOf);
const between = fc.record({
  claim: fc.constantFrom("same subjects, new data", "new subject"),
  scheme: fc.constantFrom("A", "B"),
});
const protocols: fc.Arbitrary<Protocol> = fc.oneof(
  between.map((own) => ({ name: "leave-one-run-out" as const, ...own })),
  fc
    .tuple(between, fc.integer({ min: 2, max: 4 }), fc.integer({ min: 0, max: 12 }))
    .map(([own, blocks, gapVolumes]) => ({
      name: "leave-one-block-out" as const,
      blocks,
      gapVolumes,
      ...own,
    })),
  between.map((own) => ({ name: "fit-test" as const, fit: ["r2"], test: ["r1"], ...own })),
);

describe("the folds of every protocol", () => {
  test("have no row that is aligned, selected or trained on by the subject whom it tests, nor shares a volume", () => {
    const spans = fc.array(fc.tuple(fc.nat(4), fc.nat(89), fc.integer({ min: 1, max: 9 })), {
      maxLength: 60,
    });
    fc.assert(
      fc.property(studies, protocols, spans, (runs, protocol, drawn) => {
        const samples = {
          runs: drawn.map(([run]) => `r${run + 1}`),
          volumes: drawn.map(([, from, length]) => [from, from + length] as const),
        };
        const volumesOf = (rows: readonly number[]) =>
          new Set(
            rows.flatMap((row) => {
              const [from, to] = samples.volumes[row] as readonly [number, number];
              return Array.from({ length: to - from }, (_, at) => `${samples.runs[row]} ${from + at}`);
            }),
          );
        for (const fold of expandProtocol(protocol, runs, SUBJECTS)) {
          const [fitted, held] = [
            volumesOf(rowsIn(samples, fold.fit)),
            volumesOf(rowsIn(samples, fold.held)),
          ];
          expect([...held].filter((volume) => fitted.has(volume))).toStrictEqual([]);
          expect(() => refuseLeak(fold, { kind: "brain" })).not.toThrow();
          expect(() =>
            refuseLeak({ ...fold, fit: [...fold.fit, ...fold.held] }, { kind: "brain" }),
          ).toThrow();
        }
      }),
    );
  });

  test("keep the gap between what is tested and what is fitted in the same run", () => {
    fc.assert(
      fc.property(studies, fc.integer({ min: 2, max: 4 }), fc.nat(9), (runs, blocks, gapVolumes) => {
        const folds = expandProtocol(
          { name: "leave-one-block-out", blocks, gapVolumes, ...same },
          runs,
          SUBJECTS,
        );
        expect(folds).toHaveLength(runs.length * blocks);
        for (const { fit, held } of folds) {
          const [block] = held;
          for (const { run, from, to } of fit) {
            if (run !== block?.run) continue;
            const apart = from >= block.to ? from - block.to : block.from - to;
            expect(apart).toBe(gapVolumes);
          }
        }
      }),
    );
  });

  test("test every volume of every run once, unless fixed", () => {
    const runs = runsOf([61, 40]);
    for (const protocol of [
      { name: "leave-one-run-out", ...same },
      { name: "leave-one-block-out", blocks: 3, gapVolumes: 4, ...same },
    ] as const) {
      const held = expandProtocol(protocol, runs, SUBJECTS).flatMap((fold) => fold.held);
      for (const { run, volumes } of runs) {
        const parts = held.filter((part) => part.run === run).map(({ from, to }) => [from, to]);
        expect(parts[0]?.[0]).toBe(0);
        expect(parts.at(-1)?.[1]).toBe(volumes);
        expect(parts.slice(1).map(([from]) => from)).toStrictEqual(parts.slice(0, -1).map(([, to]) => to));
      }
    }
  });

  test("of a new subject are one a split and subject, in a space without them", () => {
    const protocol = { name: "leave-one-run-out", claim: "new subject", scheme: "A" } as const;
    const folds = expandProtocol(protocol, runsOf([50, 50]), SUBJECTS);
    expect(folds.map(({ id, newcomer }) => [id, newcomer])).toStrictEqual([
      ["r1_without-sub-1", "sub-1"],
      ["r1_without-sub-2", "sub-2"],
      ["r1_without-sub-3", "sub-3"],
      ["r2_without-sub-1", "sub-1"],
      ["r2_without-sub-2", "sub-2"],
      ["r2_without-sub-3", "sub-3"],
    ]);
  });
});

test("roles follow the scheme: the others are trained on where they are held out, or where they are aligned on", () => {
  const [a] = expandProtocol({ name: "leave-one-run-out", ...same }, runsOf([50, 50]), SUBJECTS);
  const b = { ...(a as Fold), scheme: "B" as const };
  const told = (fold: Fold, side: "fit" | "held", subject: string) => [
    ...rolesOf(fold, side, subject, "sub-1"),
  ];
  expect(told(a as Fold, "fit", "sub-2")).toStrictEqual(["align", "select"]);
  expect(told(a as Fold, "held", "sub-2")).toStrictEqual(["train"]);
  expect(told(b, "fit", "sub-2")).toStrictEqual(["align", "select", "train"]);
  expect(told(b, "held", "sub-2")).toStrictEqual([]);
  for (const fold of [a as Fold, b]) expect(told(fold, "held", "sub-1")).toStrictEqual(["test"]);
});

describe("refuses", () => {
  const planOf = (protocol: Record<string, unknown>, region: Record<string, unknown> = { kind: "brain" }) =>
    Plan.parse(tinyPlan("/study", { region, protocol }));
  const fault = (code: string, values = {}) => expect.objectContaining({ code, values });
  const runs = runsOf([50, 50, 50]);

  test("parcels made from a run that is tested, under every protocol", () => {
    const parcels = (from: string[]) => ({ kind: "parcels", count: 5, from });
    const leak = (run: string) => fault("plan/leak", { run, does: "makes parcels from" });
    const fitTest = { name: "fit-test", fit: ["r1"], test: ["r2"] };
    const refused = (protocol: Record<string, unknown>, from: string[]) => () =>
      foldsOf(planOf(protocol, parcels(from)), runs, SUBJECTS);
    expect(refused(fitTest, ["r1", "r2"])).toThrow(leak("r2"));
    expect(refused({ name: "leave-one-run-out" }, ["r1"])).toThrow(leak("r1"));
    expect(refused({ name: "leave-one-block-out" }, ["r2"])).toThrow(leak("r2"));
    expect(refused({ name: "leave-one-subject-out" }, ["r3"])).toThrow(leak("r3"));
    expect(foldsOf(planOf(fitTest, parcels(["r1", "r3"])), runs, SUBJECTS)).toHaveLength(1);
  });

  test("a run that is both fitted and tested", () => {
    const leaky = planOf({ name: "fit-test", fit: ["r1", "r2"], test: ["r2", "r3"] });
    expect(() => foldsOf(leaky, runs, SUBJECTS)).toThrow(
      fault("plan/leak", { run: "r2", does: "aligns on" }),
    );
  });

  test("blocks that leave nothing to align on", () => {
    const cut = planOf({ name: "leave-one-block-out", blocks: 2, gapVolumes: 30 });
    const values = { fold: "r1_block-1", does: "align on" };
    expect(() => foldsOf(cut, runsOf([50]), SUBJECTS)).toThrow(fault("plan/no-rows", values));
    const short = planOf({ name: "leave-one-block-out", blocks: 50, gapVolumes: 0 });
    expect(() => foldsOf(short, runsOf([50]), SUBJECTS)).toThrow(
      fault("plan/no-rows", { fold: "r1_block-1", does: "test" }),
    );
  });

  test("a space without the subject tested where there are two in all", () => {
    const plan = planOf({ name: "leave-one-run-out", claim: "new subject" });
    expect(() => foldsOf(plan, runs, ["sub-1", "sub-2"])).toThrow(
      fault("plan/too-few-subjects", { subjects: "2" }),
    );
  });
});

test("without a run to fit on, or to test, a fixed split is refused and says which is missing", () => {
  const of = (fit: string[], held: string[]) => () =>
    expandProtocol({ name: "fit-test", fit, test: held, ...same }, runsOf([50, 50]), SUBJECTS);
  expect(of([], ["r1"])).toThrow("No run is chosen to align on.");
  expect(of(["r1"], [])).toThrow("No run is chosen to test.");
});
