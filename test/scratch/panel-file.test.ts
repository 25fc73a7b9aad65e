import { closeSync, openSync, readSync, rmSync, statSync, truncateSync, writeSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  bytesOf,
  columnsOfPanel,
  createPanels,
  type PanelFile,
  panelsOf,
  readPanel,
  writePanel,
} from "#app/scratch/panel-file.ts";
import { temporaryFolder } from "#test/temporary-folder.ts";

const values = (file: PanelFile, panel: number) => {
  const { first, count } = columnsOfPanel(file, panel);
  const data = Float32Array.from({ length: file.rows * count }, (_, at) => 1000 * first + at + 0.5);
  return { rows: file.rows, columns: count, data };
};

function written(file: PanelFile): void {
  createPanels(file);
  // In any order.
  for (let panel = panelsOf(file) - 1; panel >= 0; panel--) writePanel(file, panel, values(file, panel));
}

describe("panels", () => {
  test("are read as they were written, whatever the sizes", () => {
    const sizes = fc.record({
      rows: fc.integer({ min: 1, max: 9 }),
      columns: fc.integer({ min: 1, max: 40 }),
      width: fc.integer({ min: 1, max: 50 }),
    });
    const path = join(temporaryFolder("panels"), "samples.panels");
    fc.assert(
      fc.property(sizes, (size) => {
        const file = { path, ...size };
        written(file);
        expect(statSync(path).size).toBe(bytesOf(file));
        for (let panel = 0; panel < panelsOf(file); panel++)
          expect(readPanel(file, panel)).toStrictEqual(values(file, panel));
      }),
      { numRuns: 30 },
    );
  });

  const file = () => ({
    path: join(temporaryFolder("panels"), "samples.panels"),
    rows: 3,
    columns: 10,
    width: 4,
  });

  test("that one bit of was changed are refused, the others are not", () => {
    const own = file();
    written(own);
    for (const place of [0, 17, 50, 52]) {
      const byte = Buffer.alloc(1);
      const descriptor = openSync(own.path, "r+");
      readSync(descriptor, byte, 0, 1, place);
      for (let bit = 0; bit < 8; bit++) {
        writeSync(descriptor, Buffer.from([(byte[0] as number) ^ (1 << bit)]), 0, 1, place);
        expect(() => readPanel(own, 0)).toThrow(expect.objectContaining({ code: "scratch/damaged" }));
      }
      writeSync(descriptor, byte, 0, 1, place);
      closeSync(descriptor);
      expect(readPanel(own, 0)).toStrictEqual(values(own, 0));
      expect(readPanel(own, 1)).toStrictEqual(values(own, 1));
    }
  });

  test("that were never written, or are cut off, are refused", () => {
    const own = file();
    createPanels(own);
    writePanel(own, 1, values(own, 1));
    expect(() => readPanel(own, 0)).toThrow(expect.objectContaining({ code: "scratch/damaged" }));
    expect(readPanel(own, 1)).toStrictEqual(values(own, 1));
    truncateSync(own.path, 70);
    expect(() => readPanel(own, 1)).toThrow(expect.objectContaining({ code: "scratch/damaged" }));
  });

  test("of another size are not written", () => {
    const own = file();
    createPanels(own);
    expect(() => writePanel(own, 2, values(own, 0))).toThrow(RangeError);
  });

  test("whose file is gone can't be reached", () => {
    const own = file();
    written(own);
    rmSync(own.path);
    expect(() => readPanel(own, 0)).toThrow(expect.objectContaining({ code: "scratch/gone" }));
    expect(() => writePanel(own, 0, values(own, 0))).toThrow(
      expect.objectContaining({ code: "scratch/gone" }),
    );
  });
});
