import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { aligners } from "#app/align/aligners.ts";
import { methodsPage } from "#app/run/methods-page.ts";

test("the help of the methods in the repository is that of the code", () => {
  expect(readFileSync("docs/methods.md", "utf8")).toBe(methodsPage());
});

test("every method has a row of measurements, on planted truth and on Sherlock", () => {
  const measured = readFileSync("docs/methods-measured.md", "utf8");
  for (const name of Object.keys(aligners)) {
    expect(measured.split("\n").filter((line) => line.startsWith(`| ${name} |`))).toHaveLength(2);
  }
});
