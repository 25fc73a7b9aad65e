import { execFile } from "node:child_process";
import { readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
import { expect, test } from "vitest";
import { npyBytes } from "#test/dataset/arrays/npy-bytes.ts";
import { temporaryFolder } from "#test/temporary-folder.ts";

const root = join(import.meta.dirname, "..", "..");

function concord(...args: string[]): Promise<{ stdout: string }> {
  const env = { ...process.env, CONCORD_ROOT: root };
  return promisify(execFile)(process.execPath, [join(root, "out", "node", "cli.cjs"), ...args], { env });
}

test("the command line keeps what the axes of an array are, and opens it so", async () => {
  const folder = temporaryFolder("axes");
  const file = join(folder, "X.npy");
  const values = Array.from({ length: 4 * 30 }, (_, i) => Math.sin(i));
  await writeFile(file, npyBytes([4, 30], values));
  await expect(concord("open", file)).rejects.toMatchObject({
    stderr: `It can't be told which axis of ${file} is time: 4 × 30. Say which axis is time and which is voxels; on the command line by --axes time,voxels.\n`,
  });
  await expect(concord("open", file, "--axes", "time,space")).rejects.toMatchObject({
    stderr: expect.stringContaining("It must be time,voxels or another order of these"),
  });
  await expect(concord("open", file, "--axes", "time,voxels,subjects")).rejects.toMatchObject({
    stderr: expect.stringContaining("it holds no array with 3 axes"),
  });
  const { stdout } = await concord("open", file, "--axes", "voxels,time", "--tr", "2", "--json");
  expect(JSON.parse(stdout)).toMatchObject({ subjects: ["sub-01"], volumes: { X: [30] }, voxels: 4 });
  expect(await readFile(`${file}_concord.tsv`, "utf8")).toBe(
    "file\tsubject\trun\tpart\ttr\nX.npy\tsub-01\tX\t:voxels,time\t2\n",
  );
  const again = JSON.parse((await concord("open", file, "--json")).stdout);
  expect(again.volumes).toStrictEqual({ X: [30] });
  await rm(folder, { recursive: true, force: true });
});
