import { readdir, readFile, stat, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { beforeEach, expect, test } from "vitest";
import { temporaryFolder } from "#test/temporary-folder.ts";
import { unpackZip } from "../../build/unpack-zip.mjs";

let folder: string;

beforeEach(async () => {
  folder = temporaryFolder("zip");
});

async function unpack(base64: string): Promise<void> {
  const file = join(folder, "file.zip");
  await writeFile(file, Buffer.from(base64, "base64"));
  await unpackZip(file, join(folder, "out"));
}

test("a zip is unpacked with its folders, its text and its modes", async () => {
  // app/, app/run (mode 755) and app/inner/text (mode 644), by Python's zipfile.
  await unpack(
    "UEsDBBQAAAAAAAAAIQAAAAAAAAAAAAAAAAAEAAAAYXBwL1BLAwQUAAAACAAAACEAHZ37BAwAAAAKAAAABwAAAGFwcC9ydW5TVtRPyszTL87gAgBQSwMEFAAAAAgAAAAhAAkZl4kHAAAALAEAAA4AAABhcHAvaW5uZXIvdGV4dEtMHAXEAgBQSwECFAMUAAAAAAAAACEAAAAAAAAAAAAAAAAABAAAAAAAAAAAAAAA7UEAAAAAYXBwL1BLAQIUAxQAAAAIAAAAIQAdnfsEDAAAAAoAAAAHAAAAAAAAAAAAAADtgSIAAABhcHAvcnVuUEsBAhQDFAAAAAgAAAAhAAkZl4kHAAAALAEAAA4AAAAAAAAAAAAAAKSBUwAAAGFwcC9pbm5lci90ZXh0UEsFBgAAAAADAAMAowAAAIYAAAAAAA==",
  );
  expect(await readFile(join(folder, "out/app/run"), "utf8")).toBe("#!/bin/sh\n");
  expect(await readFile(join(folder, "out/app/inner/text"), "utf8")).toBe("a".repeat(300));
  // Windows keeps no modes.
  if (process.platform !== "win32")
    expect((await stat(join(folder, "out/app/run"))).mode & 0o777).toBe(0o755);
});

test("a zip that would write beside its folder is refused", async () => {
  // ../out, by Python's zipfile.
  const escaping = unpack(
    "UEsDBBQAAAAAAEGBeF2DFtyMAQAAAAEAAAAGAAAALi4vb3V0eFBLAQIUAxQAAAAAAEGBeF2DFtyMAQAAAAEAAAAGAAAAAAAAAAAAAACAAQAAAAAuLi9vdXRQSwUGAAAAAAEAAQA0AAAAJQAAAAAA",
  );
  await expect(escaping).rejects.toThrow("invalid relative path: ../out");
  expect(await readdir(folder)).toStrictEqual(["file.zip"]);
});
