import { expect, test } from "vitest";
import {
  signedColour,
  signedColours,
  signedGradient,
  viewerColours,
} from "#renderer/brain/signed-colours.ts";

/** Relative luminance of sRGB. */
function luminance(...channels: readonly number[]): number {
  const [red = 0, green = 0, blue = 0] = channels.map((channel) => {
    const share = channel / 255;
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

test("both halves go from near grey up in lightness, at the same pace", () => {
  const [positive, negative] = [signedColours.positive, signedColours.negative].map((half) =>
    half.map(([, ...colour]) => luminance(...colour)),
  );
  expect(positive).toStrictEqual(positive?.toSorted((a, b) => a - b));
  expect(negative).toStrictEqual(negative?.toSorted((a, b) => a - b));
  positive?.forEach((value, at) => {
    expect(Math.abs(value - (negative?.[at] ?? 0))).toBeLessThan(0.08);
  });
});

test("the viewer's table leaves out what is outside the region and has all else opaque", () => {
  const { R, G, B, A, I } = viewerColours(signedColours.negative);
  expect([R.length, G.length, B.length, A.length]).toStrictEqual([5, 5, 5, 5]);
  expect(A).toStrictEqual([0, 255, 255, 255, 255]);
  expect(I).toStrictEqual([0, 1, 77, 166, 255]);
});

test("the bar has the viewer's colours, mirrored about its middle", () => {
  const stops = signedGradient().match(/rgb\([^)]*\) [\d.]+%/g);
  expect(stops).toHaveLength(8);
  expect(stops?.[0]).toBe("rgb(206 236 255) 0%");
  expect(stops?.[3]).toBe("rgb(56 58 62) 50%");
  expect(stops?.[4]).toBe("rgb(62 58 56) 50%");
  expect(stops?.[6]).toBe("rgb(240 138 36) 82.5%");
});

test("a value has the bar's colour at its place, and beyond the scale that of its end", () => {
  expect(signedColour(0, 2)).toBe("rgb(62 58 56)");
  expect(signedColour(1.3, 2)).toBe("rgb(240 138 36)");
  expect(signedColour(0.3, 2)).toBe("rgb(106 60 35)");
  expect(signedColour(-9, 2)).toBe("rgb(206 236 255)");
});
