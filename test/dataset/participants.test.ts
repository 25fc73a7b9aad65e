import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { readParticipants } from "#app/dataset/participants.ts";

const folder = mkdtempSync(join(tmpdir(), "participants-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

test("tells what a study says of each subject, whichever way they are named", async () => {
  const path = join(folder, "participants.tsv");
  writeFileSync(path, "age\tparticipant_id\tgroup\n31\tsub-01\tpatient\nn/a\t02\tcontrol\n40\t\tnobody\n");
  expect([...(await readParticipants(path))]).toStrictEqual([
    ["sub-01", { age: "31", group: "patient" }],
    ["sub-02", { age: null, group: "control" }],
  ]);
  await expect(readParticipants(`${path}.gone`)).rejects.toMatchObject({ code: "table/unreadable" });
});
