import { expect, test } from "vitest";
import { axesSentence, lengthWords } from "#renderer/screens/open/axes-words.ts";

test("what follows of axes is said in the order that people think in", () => {
  expect(axesSentence({ shapes: [[12, 20]], count: 1 }, ["time", "voxels"])).toBe("12 volumes of 20 voxels");
  expect(axesSentence({ shapes: [[12, 20]], count: 1 }, ["voxels", "time"])).toBe("20 volumes of 12 voxels");
  expect(axesSentence({ shapes: [[30, 25, 5]], count: 1 }, ["voxels", "time", "subjects"])).toBe(
    "5 subjects, 25 volumes, 30 voxels",
  );
  expect(axesSentence({ shapes: [[1, 5000]], count: 1 }, ["time", "voxels"])).toBe(
    "1 volume of 5,000 voxels",
  );
});

test("arrays of several lengths are told by the least and the most", () => {
  const question = {
    shapes: [
      [300, 5100],
      [300, 4821],
    ],
    count: 3,
  };
  expect(lengthWords(question, 1)).toBe("4,821 to 5,100");
  expect(axesSentence(question, ["time", "voxels"])).toBe(
    "3 arrays, in each 300 volumes of 4,821 to 5,100 voxels",
  );
});
