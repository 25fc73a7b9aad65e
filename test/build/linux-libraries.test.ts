import { expect, test } from "vitest";
import { aptPackages } from "../../build/linux-libraries.mjs";

test("packages have the names of the system at hand: Debian 12", () => {
  const packages = aptPackages(() => false);
  expect(packages).toHaveLength(16);
  expect(packages).toContain("libasound2");
});

test("packages have the names of the system at hand: Ubuntu 24.04", () => {
  const renamed = [
    "libasound2t64",
    "libatk-bridge2.0-0t64",
    "libatk1.0-0t64",
    "libcups2t64",
    "libgtk-3-0t64",
  ];
  const packages = aptPackages((name: string) => renamed.includes(name));
  expect(packages).toHaveLength(16);
  expect(packages.filter((name: string) => name.endsWith("t64"))).toStrictEqual(renamed);
  expect(packages).not.toContain("libasound2");
});
