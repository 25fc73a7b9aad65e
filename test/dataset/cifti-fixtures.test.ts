import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { sameGrid } from "#app/dataset/bids-problems.ts";
import { ciftiFormat } from "#app/dataset/cifti-format.ts";
import { formatAt } from "#app/dataset/formats.ts";
import { sharedFolder } from "#test/shared.ts";
import { readWhole } from "./format-volumes.ts";

interface Expected {
  readonly data: {
    readonly shape: number[];
    readonly first: number[];
    readonly last: number[];
    readonly abs_sum: number;
  };
}

const fixtures = join(sharedFolder ?? "", "data", "fixtures");
const names = ["01", "02"].map(
  (subject) => `cifti/sub-${subject}_task-movie_space-fsLR_den-tiny_bold.dtseries.nii`,
);

describe.skipIf(sharedFolder === null)("the CIFTI fixtures", () => {
  test.each(names)("reads %s", async (name) => {
    const path = join(fixtures, name);
    const all = JSON.parse(readFileSync(join(fixtures, "expected.json"), "utf8"));
    const own = new Map(Object.entries(all as Record<string, { expect: Expected }>)).get(name);
    const { data } = (own as { expect: Expected }).expect;
    expect((await formatAt(path)).name).toBe("cifti");
    const { image, values } = await readWhole(ciftiFormat, path);
    expect([image.volumes, image.grid.dimensions[0]]).toStrictEqual(data.shape);
    expect(image.repetitionTimeSeconds).toBe(1.5);
    expect([...values.slice(0, 4), ...values.slice(-4)]).toStrictEqual([...data.first, ...data.last]);
    expect(values.reduce((sum, value) => sum + Math.abs(value), 0)).toBe(data.abs_sum);
    expect(image.grid.structures).toMatchObject([{ columns: 595 }, { columns: 305 }, { columns: 12 }]);
  });

  test("the columns of two subjects are the same", async () => {
    const [one, two] = await Promise.all(names.map((name) => readWhole(ciftiFormat, join(fixtures, name))));
    expect(sameGrid(one?.image.grid as never, two?.image.grid as never)).toBe(true);
  });

  test("reads chosen grayordinates only", async () => {
    const path = join(fixtures, names[0] ?? "");
    const { image, values } = await readWhole(ciftiFormat, path);
    const rows: number[] = [];
    const place = { path, companionPath: null, part: "", rows: null, volumes: 2, grid: image.grid };
    await ciftiFormat.eachVolume(place, Int32Array.of(3, 911), (volume) => rows.push(...volume));
    expect(rows).toStrictEqual([3, 911, 915, 1823].map((at) => values[at]));
  });
});
