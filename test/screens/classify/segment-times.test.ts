import { describe, expect, test } from "vitest";
import {
  clock,
  matchedShares,
  roundTimes,
  scenesIn,
  takenCounts,
  timeBins,
} from "#renderer/screens/classify/segment-times.ts";

const row = (run: string, onset: number) => ({ run, onset, label: null });
const rows = [0, 2, 4, 6, 8]
  .map((onset) => row("a", onset))
  .concat([0, 2, 4].map((onset) => row("b", onset)));

describe("times of segments", () => {
  test("lie in bins of equal length that never reach across runs", () => {
    const bins = timeBins(rows, 4);
    expect(bins.map(({ run, first, end, from, to }) => [run, first, end, from, to])).toStrictEqual([
      ["a", 0, 2, 0, 4],
      ["a", 2, 4, 4, 8],
      ["a", 4, 5, 8, 10],
      ["b", 5, 7, 0, 4],
      ["b", 7, 8, 4, 6],
    ]);
  });

  test("are counted by what they were taken for; a flat one counts as neither taken nor matched", () => {
    const bins = timeBins(rows, 4);
    const starts = [0, 1, 2, 5];
    const taken = [
      [0, 0, 5, -1],
      [0, 1, 2, 5],
    ];
    expect(takenCounts(bins, starts, taken)).toStrictEqual([
      [4, 0, 0, 0, 0],
      [0, 1, 0, 1, 0],
      [0, 0, 0, 0, 0],
      [0, 0, 0, 1, 0],
      [0, 0, 0, 0, 0],
    ]);
    expect(matchedShares(bins, starts, taken)).toStrictEqual([0.75, 0.5, null, 0.5, null]);
  });

  test("have round times on their axis, in each run anew", () => {
    expect(roundTimes(timeBins(rows, 4), 4)).toStrictEqual([
      { row: 0, words: "0:00" },
      { row: 2.5, words: "0:05" },
      { row: 5, words: "0:00" },
      { row: 7.5, words: "0:05" },
    ]);
    expect(roundTimes(timeBins(rows, 4), 2).map(({ words }) => words)).toStrictEqual(["0:00", "0:00"]);
  });

  test("are told as minutes and seconds", () => {
    expect([clock(0), clock(65.4), clock(600)]).toStrictEqual(["0:00", "1:05", "10:00"]);
  });
});

test("a scene goes on to the next one's onset or the run's end, after the shift; without a name it is none", () => {
  const samples = [
    { run: "b", onset: 0, label: "street" },
    { run: "a", onset: 4, label: null },
    { run: "a", onset: 0, label: "flat" },
  ];
  expect(scenesIn(rows, samples, 0)).toStrictEqual([
    { label: "flat", first: 0, end: 2 },
    { label: "street", first: 5, end: 8 },
  ]);
  expect(scenesIn(rows, samples, 2)).toStrictEqual([
    { label: "flat", first: 1, end: 3 },
    { label: "street", first: 6, end: 8 },
  ]);
});
