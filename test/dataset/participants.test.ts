import { symlinkSync, truncateSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { beforeEach, expect, test } from "vitest";
import { readParticipants } from "#app/dataset/participants.ts";
import { temporaryFolder } from "#test/temporary-folder.ts";

let folder = "";
beforeEach(() => {
  folder = temporaryFolder("participants");
});

const table = "age\tparticipant_id\tgroup\n31\tsub-01\tpatient\nn/a\t02\tcontrol\n40\t\tnobody\n";

test("tells what a study says of each subject, whichever way they are named", async () => {
  writeFileSync(join(folder, "participants.tsv"), table);
  expect(await readParticipants(folder)).toStrictEqual({
    participants: {
      "sub-01": { age: "31", group: "patient" },
      "sub-02": { age: null, group: "control" },
    },
    problems: [],
  });
});

test("nothing is told where there is no table or it is a link", async () => {
  expect(await readParticipants(folder)).toStrictEqual({ participants: {}, problems: [] });
  writeFileSync(join(folder, "elsewhere.tsv"), table);
  symlinkSync(join(folder, "elsewhere.tsv"), join(folder, "participants.tsv"));
  expect(await readParticipants(folder)).toStrictEqual({ participants: {}, problems: [] });
});

test("a table that can't be read is a note", async () => {
  writeFileSync(join(folder, "participants.tsv"), "");
  truncateSync(join(folder, "participants.tsv"), 65e6);
  const { participants, problems } = await readParticipants(folder);
  expect(participants).toStrictEqual({});
  expect(problems).toMatchObject([{ severity: "note", text: expect.stringContaining("participants.tsv") }]);
});
