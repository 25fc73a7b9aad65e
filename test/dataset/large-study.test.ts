import { rm } from "node:fs/promises";
import { expect, test } from "vitest";
import { describeDataset } from "#app/dataset/readers.ts";
import { temporaryFolder } from "#test/temporary-folder.ts";
import { writeLargeStudy } from "./large-study.ts";

test("50 subjects and 5,000 files are recognised and described in three seconds of work", async () => {
  const folder = temporaryFolder("large");
  try {
    expect(await writeLargeStudy(folder, 50)).toBe(5001);
    const before = process.cpuUsage();
    const { subjects, runs, files, problems } = await describeDataset(folder);
    const { user, system } = process.cpuUsage(before);
    expect([subjects.length, runs.length, files.length]).toStrictEqual([50, 10, 500]);
    expect(
      files.filter(({ maskPath, eventsPath, confoundsPath }) => maskPath && eventsPath && confoundsPath),
    ).toHaveLength(500);
    expect(problems).toStrictEqual([]);
    // Of this process, whoever else is at work.
    expect((user + system) / 1e6).toBeLessThan(3);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
});
