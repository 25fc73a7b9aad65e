import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { bootstrapInterval } from "#app/evaluate/statistics/bootstrap.ts";
import { falseDiscoveryRates } from "#app/evaluate/statistics/false-discovery.ts";
import { meanInterval } from "#app/evaluate/statistics/mean-interval.ts";
import { permutationP, sureEnough } from "#app/evaluate/statistics/permutation-p.ts";
import { signFlip } from "#app/evaluate/statistics/sign-flip.ts";

const values = [0.12, 0.3, -0.05, 0.21, 0.4, 0.18, 0.02, 0.25, 0.33, 0.09];

test("a mean's interval is Student's", () => {
  // scipy.stats.t.interval(.95, 9, mean, sem)
  const [low, high] = meanInterval(values, 0.95);
  expect(low).toBeCloseTo(0.08353862, 7);
  expect(high).toBeCloseTo(0.28646138, 7);
});

describe("the sign-flip test", () => {
  test("tries all combinations where they are few", () => {
    expect(signFlip([1, 1, 1], 0)).toStrictEqual({ p: 0.25, exact: true, draws: 8 });
    expect(signFlip([1, 2, -3], 0).p).toBe(1);
    // scipy.stats.permutation_test(([...],), mean, permutation_type="samples", n_resamples=np.inf)
    expect(signFlip(values, 0)).toStrictEqual({ p: 0.005859375, exact: true, draws: 1024 });
  });

  test("draws them by a seed where they are many, near what all would give", () => {
    const drawn = signFlip(values, 1, 1000);
    expect(drawn.exact).toBe(false);
    expect(drawn.p).toBeCloseTo(0.005859375, 1);
    expect(signFlip(values, 1, 1000)).toStrictEqual(drawn);
  });
});

test("subjects drawn anew give an interval about the mean, the same for a seed", () => {
  const settings = { confidence: 0.95, draws: 5000, seed: 3 };
  const [low, high] = bootstrapInterval(values, settings);
  // numpy, a million draws: .1 and .266
  expect(Math.abs(low - 0.101)).toBeLessThan(0.01);
  expect(Math.abs(high - 0.267)).toBeLessThan(0.01);
  expect(bootstrapInterval(values, settings)).toStrictEqual([low, high]);
});

describe("a permutation's p", () => {
  test("counts what was observed among the draws and is never 0", () => {
    expect(permutationP(2, [1, 1, 1]).p).toBe(0.25);
    expect(permutationP(1, [1, 0, 2]).p).toBe(0.75);
  });

  test("is sure once its interval lies on one side", () => {
    const none = (draws: number) => permutationP(1, new Array<number>(draws).fill(0));
    expect(sureEnough(none(50), 0.05)).toBe(false);
    expect(sureEnough(none(200), 0.05)).toBe(true);
    expect(sureEnough(permutationP(0, new Array<number>(50).fill(0)), 0.05)).toBe(true);
  });
});

test("false discovery rates are Benjamini and Hochberg's", () => {
  const p = [0.01, 0.04, 0.03, 0.005, 0.8, Number.NaN];
  // scipy.stats.false_discovery_control of the five
  const wanted = [0.025, 0.05, 0.05, 0.025, 0.8, Number.NaN];
  for (const [at, rate] of falseDiscoveryRates(Float64Array.from(p)).entries())
    expect(Number.isNaN(rate) ? rate : Number(rate.toFixed(12))).toBe(wanted[at]);
});

test("false discovery rates are no less than p and in its order", () => {
  fc.assert(
    fc.property(fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { minLength: 1 }), (p) => {
      const found = falseDiscoveryRates(Float64Array.from(p));
      found.forEach((rate, at) => {
        expect(rate).toBeGreaterThanOrEqual(p[at] as number);
        expect(rate).toBeLessThanOrEqual(1);
      });
      const order = [...p.keys()].sort((a, b) => (p[a] as number) - (p[b] as number));
      for (const [at, next] of order.slice(1).entries())
        expect(found[next]).toBeGreaterThanOrEqual(found[order[at] as number] as number);
    }),
  );
});
