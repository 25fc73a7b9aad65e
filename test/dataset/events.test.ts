import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { readColumns, readEvents } from "#app/dataset/events.ts";
import { temporaryFolder } from "#test/temporary-folder.ts";

const folder = temporaryFolder("events");

const path = join(folder, "task-a_events.tsv");
writeFileSync(
  path,
  "\uFEFFonset\tduration\ttrial_type\tresponse\r\n4\t2\tface\tn/a\r\n0\tn/a\thouse\tleft\r\nn/a\t2\tcat\tleft\r\n8\t2\tN/A\tright\r\n",
);
const source = { subject: "sub-01", run: "task-a", eventsPath: path, repetitionTimeSeconds: 2 };

test("reads events in time's order, with n/a as no value and without rows that have no onset", async () => {
  expect(await readEvents(source, "trial_type")).toStrictEqual({
    tr: 2,
    events: [
      { onset: 0, duration: 0, label: "house" },
      { onset: 4, duration: 2, label: "face" },
      { onset: 8, duration: 2, label: null },
    ],
  });
});

test("lists the columns beside the times and their values in order of appearance", async () => {
  expect(await readColumns(path)).toStrictEqual([
    { name: "trial_type", values: ["face", "house", "cat"] },
    { name: "response", values: ["left", "right"] },
  ]);
});

test("says which columns there are where one is missing", async () => {
  await expect(readEvents(source, "stimulus")).rejects.toThrow(
    "task-a_events.tsv has no column stimulus. Use one of its columns: onset, duration, trial_type, response.",
  );
});

test("says what is missing where a run has no events, no repetition time or no file", async () => {
  const rejects = (changed: object) => expect(readEvents({ ...source, ...changed }, "trial_type")).rejects;
  await rejects({ eventsPath: null }).toMatchObject({ code: "events/missing" });
  await rejects({ repetitionTimeSeconds: null }).toMatchObject({ code: "dataset/unknown-tr" });
  await rejects({ eventsPath: `${path}.gone` }).toMatchObject({ code: "events/unreadable" });
});
