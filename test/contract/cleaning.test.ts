import { expect, test } from "vitest";
import {
  Cleaning,
  cleaningOf,
  cleaningOfAny,
  cleansRows,
  doneBefore,
  noCleaning,
} from "#app/contract/cleaning.ts";

const asked = Cleaning.parse({
  smoothingMm: 6,
  detrend: "linear",
  highPassHertz: 0.01,
  confounds: { motion: "24", cosines: true },
  scrubbing: {},
});
const image = (
  subject: string,
  ...treatments: ("denoised" | "high-passed" | "smoothed" | "z-scored" | "detrended")[]
) => ({
  subject,
  treatments,
});

test("what an image went through before is not asked of it again", () => {
  expect(cleaningOf(image("sub-01", "denoised"), asked)).toMatchObject({
    confounds: noCleaning.confounds,
    scrubbing: null,
    smoothingMm: 6,
  });
  expect(cleaningOf(image("sub-01", "high-passed"), asked)).toMatchObject({
    highPassHertz: null,
    confounds: { motion: "24", cosines: false },
  });
  expect(
    cleaningOf(image("sub-01", "denoised", "high-passed", "smoothed", "detrended"), asked),
  ).toStrictEqual(noCleaning);
  expect(cleansRows(noCleaning)).toBe(false);
});

test("what is done to any image is what is told of all", () => {
  const images = [image("sub-01", "denoised"), image("sub-02", "high-passed", "smoothed")];
  expect(cleaningOfAny(images, asked)).toStrictEqual({
    ...asked,
    confounds: { ...asked.confounds, cosines: false },
  });
  expect(cleaningOfAny([image("sub-01", "denoised", "smoothed")], asked)).toStrictEqual({
    ...asked,
    confounds: noCleaning.confounds,
    scrubbing: null,
    smoothingMm: null,
  });
});

test("what is not done again is said, of whose images, and only of what is asked for", () => {
  const images = [image("sub-01", "denoised", "smoothed"), image("sub-02", "smoothed", "z-scored")];
  expect(doneBefore(images, asked)).toStrictEqual([
    "1 of 2 images (of sub-01) were denoised before; no confounds were regressed again.",
    "All images were smoothed before; they were not smoothed again.",
    "1 of 2 images (of sub-02) were z-scored before; z-scoring by run leaves runs that were z-scored as they are.",
  ]);
  expect(doneBefore(images.slice(0, 1), noCleaning)).toStrictEqual([]);
});
