import { closeSync, openSync, truncateSync, writeFileSync, writeSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { numberIn, readTable } from "#app/dataset/tables/table.ts";
import { sharedFolder } from "#test/shared.ts";
import { temporaryFolder } from "#test/temporary-folder.ts";
import { type ExpectedArray, expectedIn, fixtures } from "../fixtures.ts";

const folder = temporaryFolder("tables");

function written(name: string, bytes: string | Buffer): string {
  const path = join(folder, name);
  writeFileSync(path, bytes);
  return path;
}

describe("a table of text", () => {
  test("is cut at the delimiter of its first line, whatever its line ends and quotes", async () => {
    expect(
      await readTable(written("a.csv", 'name,"say, so"\r\n"x ""y""",1\r"two\nlines", n/a \n\n')),
    ).toStrictEqual({
      columns: ["name", "say, so"],
      rows: [
        ['x "y"', "1"],
        ["two\nlines", null],
      ],
    });
    expect((await readTable(written("b.txt", "a|b\n1|2\n"))).rows).toStrictEqual([["1", "2"]]);
    expect((await readTable(written("c.tsv", "a,b\n1,2\n"))).columns).toStrictEqual(["a,b"]);
  });

  test("keeps a quote that has no partner as text, and fills short rows", async () => {
    expect((await readTable(written("d.tsv", 'a\tb\tc\n"x\ty\nz\t5" high\tq\textra\n'))).rows).toStrictEqual([
      ['"x', "y", null],
      ["z", '5" high', "q"],
    ]);
  });

  test("is UTF-8, UTF-16 with a mark, or else Latin-1", async () => {
    const columns = async (bytes: Buffer) => (await readTable(written("e.csv", bytes))).columns;
    expect(await columns(Buffer.from("\uFEFFMünchen,b\n"))).toStrictEqual(["München", "b"]);
    expect(await columns(Buffer.from("\uFEFFMünchen,b\n", "utf16le"))).toStrictEqual(["München", "b"]);
    expect(await columns(Buffer.from("München,b\n", "latin1"))).toStrictEqual(["München", "b"]);
  });

  test("of one endless line is given up without being read to its end", async () => {
    const path = join(folder, "endless.tsv");
    const file = openSync(path, "w");
    writeSync(file, "onset\tduration\n");
    closeSync(file);
    truncateSync(path, 60e6);
    const before = process.memoryUsage().arrayBuffers;
    await expect(readTable(path)).rejects.toMatchObject({
      code: "table/unreadable",
      values: { detail: "a line of it does not end" },
    });
    expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(16e6);
  });

  test("is refused where it is too large, holds too many cells, or is not there", async () => {
    const path = written("large.tsv", "a\n");
    truncateSync(path, 65e6);
    await expect(readTable(path)).rejects.toThrow("it has 65 MB");
    const cells = written("cells.tsv", `${"\t".repeat(999_000)}\n`.repeat(9));
    await expect(readTable(cells)).rejects.toThrow("more cells");
    await expect(readTable(join(folder, "gone.tsv"))).rejects.toMatchObject({ code: "table/unreadable" });
    await expect(readTable(written("no.xlsx", "a\tb\n"))).rejects.toMatchObject({ code: "table/unreadable" });
  });
});

test("numbers may have a decimal comma, and are NaN where there is none", () => {
  expect(["1,5", "2.25", "-0,5", "1e-3", ",5"].map(numberIn)).toStrictEqual([1.5, 2.25, -0.5, 0.001, 0.5]);
  expect(["", "1,2,3", "x", null, undefined].map(numberIn)).toStrictEqual(Array(5).fill(Number.NaN));
});

describe.skipIf(sharedFolder === null)("the fixtures of tables", () => {
  interface ExpectedTable {
    readonly rows?: number;
    readonly columns?: readonly string[];
    readonly n_a_in_row0?: readonly string[];
    readonly csf?: ExpectedArray;
  }
  const expected = expectedIn<ExpectedTable>("tables");

  test.each(expected)("reads %s", async (name, { rows, columns, n_a_in_row0, csf }) => {
    const table = await readTable(join(fixtures, name));
    if (rows !== undefined) expect(table.rows).toHaveLength(rows);
    if (columns !== undefined) expect(table.columns).toStrictEqual(columns);
    if (n_a_in_row0 !== undefined) {
      expect(table.columns.filter((_, i) => table.rows[0]?.[i] === null)).toStrictEqual(n_a_in_row0);
    }
    if (csf !== undefined) {
      const values = table.rows.map((row) => numberIn(row[table.columns.indexOf("csf")]));
      expect(values.slice(0, 4)).toStrictEqual(csf.first);
      expect(values.slice(-4)).toStrictEqual(csf.last);
    }
  });

  test("are all here", () => {
    expect(expected).toHaveLength(7);
  });

  test("reads Latin-1 with semicolons and decimal commas", async () => {
    const { columns, rows } = await readTable(join(fixtures, "tables", "latin1_semicolon.csv"));
    expect(columns).toStrictEqual(["Probe", "Wert"]);
    expect(rows.map(([name]) => name)).toStrictEqual(["Straße", "München"]);
    expect(rows.map(([, value]) => numberIn(value))).toStrictEqual([1.5, 2.25]);
  });

  test("reads the first sheet of a workbook", async () => {
    const { columns, rows } = await readTable(
      join(fixtures, "tables", "Sherlock_Segments_1000_NN_2017.xlsx"),
    );
    expect(columns).toStrictEqual([
      "Segment Number",
      "Start Time (s)",
      "End Time (s)",
      "Start Time (TRs, 1.5s)",
      "End Time (TRs, 1.5s)",
      "Scene_Segment",
      "Scene_Name",
      "Scene Details - A Level",
      "Space-In/Outdoor",
    ]);
    expect(rows[1]).toStrictEqual([
      "2",
      "3",
      "6",
      "3",
      "4",
      "2",
      null,
      "Details of segment 2, “quoted”",
      "Indoor",
    ]);
  });
});
