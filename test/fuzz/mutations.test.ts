import { gunzipSync, gzipSync } from "node:zlib";
import { expect, test } from "vitest";
import { mutate, randomFrom } from "./mutations.ts";

const seed = Buffer.from(Array.from({ length: 400 }, (_, at) => at % 251));

test("the same number makes the same change, and others make others", () => {
  const changes = Array.from({ length: 50 }, (_, at) => mutate(seed, randomFrom(at)).toString("hex"));
  expect(mutate(seed, randomFrom(7)).toString("hex")).toBe(changes[7]);
  expect(new Set(changes).size).toBeGreaterThan(40);
});

test("the seed itself is not touched", () => {
  const before = seed.toString("hex");
  for (let at = 0; at < 200; at++) mutate(seed, randomFrom(at));
  expect(seed.toString("hex")).toBe(before);
});

test("what is packed is changed inside its packing half of the time", () => {
  const packed = gzipSync(seed);
  const whole = Array.from({ length: 100 }, (_, at) => mutate(packed, randomFrom(at))).filter((bytes) => {
    try {
      return !gunzipSync(bytes).equals(seed);
    } catch {
      return false;
    }
  });
  expect(whole.length).toBeGreaterThan(30);
});
