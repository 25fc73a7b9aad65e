import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { Fault, faults } from "#app/contract/fault.ts";

const root = join(import.meta.dirname, "..", "..");

test.each(Object.entries(faults))("%s is one sentence of what is wrong and one of what to do", (_, told) => {
  for (const sentence of [told.what, told.todo]) expect(sentence).toMatch(/^[A-Z{][^\n]*[^.]\.$/);
});

test("every fault of the table is thrown somewhere", () => {
  const sources = ["app", "main", "renderer"]
    .flatMap((folder) =>
      readdirSync(join(root, folder), { recursive: true, encoding: "utf8" }).map((name) =>
        join(folder, name),
      ),
    )
    .filter((path) => path.endsWith(".ts") && !path.endsWith("fault.ts") && !path.includes("node_modules"))
    .map((path) => readFileSync(join(root, path), "utf8"))
    .join("\n");
  const unused = Object.keys(faults).filter((code) => !sources.includes(`"${code}"`));
  expect(unused).toStrictEqual([]);
});

test("what a fault names is filled in", () => {
  expect(new Fault("run/unknown", { run: "r1" }).message).toBe(
    "There is no run r1. Choose one from the list of runs.",
  );
});
