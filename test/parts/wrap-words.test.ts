import { expect, test } from "vitest";
import { wrapWords } from "#renderer/parts/wrap-words.ts";

test("lines break between words and keep all of them", () => {
  expect(wrapWords("The runs to fit on share no condition", 12)).toStrictEqual([
    "The runs to",
    "fit on share",
    "no condition",
  ]);
  expect(wrapWords("incomprehensibly long", 4)).toStrictEqual(["incomprehensibly", "long"]);
  expect(wrapWords("", 10)).toStrictEqual([]);
});
