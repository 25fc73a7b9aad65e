import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { beforeEach, expect, test } from "vitest";
import { readWindowPlace, saveWindowPlace } from "#main/window-place.ts";
import { temporaryFolder } from "#test/temporary-folder.ts";

const screens = [{ x: 0, y: 0, width: 1920, height: 1080 }];
const place = { x: 100, y: 50, width: 1440, height: 900, maximised: false };
let folder: string;

beforeEach(async () => {
  folder = temporaryFolder("window");
});
test("the window is found where it was left", async () => {
  const file = join(folder, "deep", "window.json");
  await saveWindowPlace(file, place);
  expect(readWindowPlace(file, screens)).toStrictEqual(place);
});

test("a screen that is gone, a broken file and no file count as none", async () => {
  const file = join(folder, "window.json");
  expect(readWindowPlace(file, screens)).toBeNull();
  await saveWindowPlace(file, { ...place, x: 2500 });
  expect(readWindowPlace(file, screens)).toBeNull();
  await writeFile(file, '{"x": 1');
  expect(readWindowPlace(file, screens)).toBeNull();
});
