import { expect, test } from "vitest";
import { storedBytes } from "#renderer/parts/stored-bytes.ts";

test("a file that holds several images counts once", () => {
  const images = ["/a.hdf5", "/a.hdf5", "/b.nii"].map((path) => ({ path, sizeBytes: 100 }));
  expect(storedBytes(images)).toBe(200);
  expect(storedBytes([])).toBe(0);
});
