import { expect, test } from "vitest";
import { count, placeWords, threeDigits } from "#renderer/parts/numbers.ts";

test("numbers have three digits, a true minus and groups of thousands", () => {
  expect(threeDigits(-0.12345)).toBe("−0.123");
  expect(threeDigits(0)).toBe("0");
  expect(threeDigits(Number.NaN)).toBe("—");
  expect(count(15_808)).toBe("15,808");
  expect(placeWords([-5.6, -58.2, 32])).toBe("−6, −58, 32 mm");
});
