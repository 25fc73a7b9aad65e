import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { readColumns, readEvents } from "#app/dataset/events.ts";
import { sharedFolder } from "#test/shared.ts";
import { temporaryFolder } from "#test/temporary-folder.ts";
import { fixtures } from "./fixtures.ts";

const folder = temporaryFolder("onsets");

const onsets = join(fixtures, "sherlock-tiny", "onsets");
const source = (eventsPath: string, run: string, subject = "sub-01") => ({
  subject,
  run,
  eventsPath,
  repetitionTimeSeconds: 1.5,
});

describe.skipIf(sharedFolder === null)("Sherlock's onsets", () => {
  const segments = join(onsets, "Sherlock_Segments_1000_NN_2017.xlsx");
  const recall = join(onsets, "Sherlock_Recall_Scene_n50_Onsets.csv");

  test("give an event a scene, from its first segment to its last", async () => {
    const { events } = await readEvents(source(segments, "task-sherlockPart1"), "Scene_Name");
    expect(events).toStrictEqual(
      [1, 2, 3, 4, 5].map((scene) => ({ onset: (scene - 1) * 12, duration: 12, label: `Scene ${scene}` })),
    );
  });

  test("give an event a segment in other columns", async () => {
    const { events } = await readEvents(source(segments, "task-sherlockPart1"), "Space-In/Outdoor");
    expect(events).toHaveLength(20);
    expect(events[1]).toStrictEqual({ onset: 3, duration: 3, label: "Indoor" });
  });

  test("give no events of a part that they do not hold", async () => {
    expect((await readEvents(source(segments, "task-sherlockPart2"), "Scene_Name")).events).toStrictEqual([]);
  });

  test("list the columns beside the times", async () => {
    const columns = await readColumns(segments);
    expect(columns.map(({ name }) => name)).toStrictEqual([
      "Segment Number",
      "Scene_Segment",
      "Scene_Name",
      "Scene Details - A Level",
      "Space-In/Outdoor",
    ]);
    expect(await readColumns(recall)).toStrictEqual([{ name: "Scene", values: ["1", "2", "3", "4"] }]);
    await expect(readEvents(source(segments, "task-sherlockPart1"), "trial_type")).rejects.toMatchObject({
      code: "events/no-column",
    });
  });

  test("give each subject its own recall", async () => {
    const { events } = await readEvents(source(recall, "task-freerecall", "sub-02"), "Scene");
    expect(events.map(({ onset, duration, label }) => [onset, duration, label])).toStrictEqual([
      [9, 7.5, "1"],
      [16.5, 7.5, "2"],
      [24, 7.5, "3"],
      [31.5, 7.5, "4"],
    ]);
  });
});

test("volumes counted on through both parts begin anew with the second", async () => {
  const path = join(folder, "segments.csv");
  writeFileSync(
    path,
    `Start Time (s) ,End Time (s) ,"Start Time (TRs, 1.5s)","End Time (TRs, 1.5s)",Scene_Name
0,6,1,4,Train
6,9,5,6,
0,3,7,8,Taxi
3,6,9,10,
6,9,11,12,Park
`,
  );
  const read = async (run: string) => (await readEvents(source(path, run), "Scene_Name")).events;
  const train = { onset: 0, duration: 9, label: "Train" };
  expect(await read("task-sherlockPart1")).toStrictEqual([train]);
  expect(await read("task-sherlockPart2")).toStrictEqual([
    { onset: 0, duration: 6, label: "Taxi" },
    { onset: 6, duration: 3, label: "Park" },
  ]);
  expect(await read("task-movie")).toStrictEqual([
    train,
    { onset: 9, duration: 6, label: "Taxi" },
    { onset: 15, duration: 3, label: "Park" },
  ]);
});
