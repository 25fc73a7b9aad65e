import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import { describeDataset } from "#app/dataset/readers.ts";
import { temporaryFolder } from "#test/temporary-folder.ts";
import { niftiBytes, varying } from "./tiny-study.ts";

async function written(name: string, content: Uint8Array | string): Promise<string> {
  const path = join(temporaryFolder("file"), name);
  await writeFile(path, content);
  return path;
}

test("one image is a study of one subject, named by its file, that says it can't be aligned", async () => {
  const path = await written("sub-07_task-movie_space-MNI152_bold.nii", niftiBytes(varying(12, 1)));
  const dataset = await describeDataset(path);
  expect(dataset).toMatchObject({
    reader: "file",
    name: "sub-07_task-movie_space-MNI152_bold.nii",
    space: "MNI152",
    subjects: ["sub-07"],
    runs: ["task-movie"],
  });
  expect(dataset.folder).toBe(join(path, ".."));
  expect(dataset.problems[0]?.text).toBe(
    "There is one subject only, and alignment needs at least two. Open the folder that holds the others.",
  );
});

test("a file of no known format is refused by name", async () => {
  const path = await written("notes.txt", "nothing of the brain");
  await expect(describeDataset(path)).rejects.toThrow(
    `${path} can't be read: its format is not known. Check the file or fetch it again.`,
  );
});
