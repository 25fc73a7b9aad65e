import { expect, test } from "vitest";
import { reachSentence } from "#app/contract/reach-sentence.ts";
import { planFor } from "#test/evaluate/turned-study.ts";

test("from where a voxel's values after alignment may come is said by what was aligned together", () => {
  const of = (change: Record<string, unknown>) => reachSentence(planFor(change));
  const pieces = (own: object) => ({ method: { name: "hyperalignment", pieces: own } });
  expect(of({})).toContain("draws on every voxel of the region in a subject");
  expect(of(pieces({ kind: "parcels", count: 4 }))).toContain("every voxel of its parcel");
  expect(of(pieces({ kind: "searchlights", radiusMm: 9, radiiMm: [6, 12] }))).toContain("within 24 mm of it");
  expect(of({ protocol: { name: "leave-one-subject-out" } })).toBe("");
});
