import { expect, test } from "vitest";
import { knownDataset, knownDatasets, openNeuroDataset } from "#app/annex/known-datasets.ts";
import { KnownDataset } from "#app/contract/annex.ts";

test("every known dataset has an address over HTTPS and terms", () => {
  for (const one of [...knownDatasets, openNeuroDataset("1132")]) {
    expect(KnownDataset.parse(one).url).toMatch(/^https:\/\//);
    expect(one?.terms).not.toBe("");
  }
});

test.each([
  ["sherlock", "https://gin.g-node.org/ljchang/Sherlock"],
  ["https://gin.g-node.org/ljchang/Sherlock.git", "https://gin.g-node.org/ljchang/Sherlock"],
  ["ds001132", "https://github.com/OpenNeuroDatasets/ds001132.git"],
  ["1132", "https://github.com/OpenNeuroDatasets/ds001132.git"],
  ["https://github.com/OpenNeuroDatasets/ds000114", "https://github.com/OpenNeuroDatasets/ds000114.git"],
])("%s is %s", (text, url) => {
  expect(knownDataset(text)?.url).toBe(url);
});

test.each(["", "0", "ds1234567", "ds00../../x", "https://example.org/a"])("%j is not known", (text) => {
  expect(knownDataset(text)).toBeNull();
});
