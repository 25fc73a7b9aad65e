import { expect, test } from "vitest";
import { columnNoun } from "#app/contract/column-noun.ts";
import { columnAt, columnWords } from "#renderer/brain/columns.ts";
import { columnRows, columnTableHead } from "#renderer/brain/map-table.ts";

const line = { dimensions: [5, 1, 1] as const, affine: [1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1] };
const structures = [
  { name: "left cortex", columns: 3 },
  { name: "right cortex", columns: 2 },
];
const surface = { ...line, kind: "surface" as const, structures };
const grayordinates = { ...line, kind: "grayordinates" as const, structures, digest: "0123" };
const columns = { ...line, kind: "columns" as const };

test("a column is told by its structure and its number there", () => {
  expect(columnAt(surface, 2)).toStrictEqual({ structure: "left cortex", number: 2 });
  expect(columnAt(surface, 3)).toStrictEqual({ structure: "right cortex", number: 0 });
  expect(columnAt(columns, 3)).toStrictEqual({ structure: "", number: 3 });
});

test("a vertex has its number within its hemisphere, a grayordinate that of its column", () => {
  expect(columnWords(surface, 4)).toBe("right cortex, vertex 1");
  expect(columnWords(grayordinates, 4)).toBe("right cortex, grayordinate 4");
  expect(columnWords(columns, 4)).toBe("column 4");
  expect(columnNoun(surface).many).toBe("vertices");
});

test("a map is told by column, empty where the common space has none", () => {
  expect(columnTableHead(surface)).toStrictEqual(["structure", "vertex", "column", "value"]);
  expect(columnTableHead(columns)[1]).toBe("column_of_structure");
  expect(columnRows(surface, Int32Array.of(2, 3), Float32Array.of(0.25, Number.NaN))).toStrictEqual([
    ["left cortex", 2, 2, 0.25],
    ["right cortex", 0, 3, ""],
  ]);
});
