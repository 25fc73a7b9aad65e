import { expect, test } from "vitest";
import { cellsOf, confusionOf } from "#renderer/screens/classify/confusion.ts";

const counts = [
  [3, 1],
  [0, 0],
];

test("a cell is written in samples, or in per cent of its row, and nothing where there is none", () => {
  const texts = (unit: "samples" | "%") =>
    cellsOf(counts, unit, []).map((row) => row.map(({ text }) => text));
  expect(texts("samples")).toStrictEqual([
    ["3", "1"],
    ["", ""],
  ]);
  expect(texts("%")).toStrictEqual([
    ["75", "25"],
    ["", ""],
  ]);
});

test("less another method it is written in points with its sign, and shaded by them", () => {
  const other = [
    [1, 1],
    [2, 2],
  ];
  const cells = cellsOf(counts, { less: "anatomical" }, other);
  expect(cells.map((row) => row.map(({ text }) => text))).toStrictEqual([
    ["+25", "−25"],
    ["−50", "−50"],
  ]);
  expect(cells[0]?.map(({ shade }) => shade)).toStrictEqual([0.25, -0.25]);
});

test("a subject's matrix counts that subject's samples alone", () => {
  const result = {
    classes: ["a", "b"],
    confusion: { aligned: counts },
    predictions: {
      aligned: [
        { fold: "1", subject: "sub-01", row: 0, label: 0, predicted: 1 },
        { fold: "1", subject: "sub-02", row: 0, label: 0, predicted: 0 },
      ],
    },
  } as never;
  expect(confusionOf(result, "aligned", null)).toStrictEqual(counts);
  expect(confusionOf(result, "aligned", "sub-01")).toStrictEqual([
    [0, 1],
    [0, 0],
  ]);
});
