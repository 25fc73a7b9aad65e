import fc from "fast-check";
import { expect, test } from "vitest";
import { tellNames } from "#app/dataset/file-names.ts";

function places(...names: string[]): string[] {
  const { places: found, told } = tellNames(names);
  return [...found.map(({ subject, run }) => `${subject} ${run}`), ...(told ? [] : ["not told"])];
}

test.each([
  [
    ["s01", "s02", "s10"],
    ["s01 run-1", "s02 run-1", "s10 run-1"],
  ],
  [
    ["sub01", "sub02"],
    ["sub01 run-1", "sub02 run-1"],
  ],
  [
    ["P07/bold", "P08/bold"],
    ["P07 bold", "P08 bold"],
  ],
  [
    ["subject_3_session_1", "subject_3_session_2", "subject_4_session_1", "subject_4_session_2"],
    ["subject_3 session_1", "subject_3 session_2", "subject_4 session_1", "subject_4 session_2"],
  ],
  // One run of one subject is missing.
  [
    ["s1_run1", "s1_run2", "s2_run1"],
    ["s1 run1", "s1 run2", "s2 run1"],
  ],
  [
    ["run1/s01", "run1/s02", "run2/s01", "run2/s02"],
    ["s01 run1", "s02 run1", "s01 run2", "s02 run2"],
  ],
  [
    ["s01_movie", "s01_rest", "s02_movie", "s02_rest"],
    ["s01 movie", "s01 rest", "s02 movie", "s02 rest"],
  ],
  [
    ["s01_smith", "s02_jones"],
    ["s01 run-1", "s02 run-1"],
  ],
  [
    ["movie_alice", "movie_bob"],
    ["alice movie", "bob movie"],
  ],
  [
    ["alice/movie", "alice/rest", "bob/movie", "bob/rest"],
    ["alice movie", "alice rest", "bob movie", "bob rest"],
  ],
  [
    ["AB12_bold", "CD34_bold"],
    ["AB12 bold", "CD34 bold"],
  ],
  [
    ["A_1", "A_2", "B_1", "B_2"],
    ["A 1", "A 2", "B 1", "B 2"],
  ],
  // Folders that name their files in their own ways.
  [
    ["alice/alice_movie", "bob/bob-2_movie"],
    ["alice movie", "bob 2_movie"],
  ],
  [
    ["s01_run1", "s01_run2"],
    ["s01 run1", "s01 run2"],
  ],
  [
    ["s2_run-1_bold", "s3_run-1_bold"],
    ["s2 run-1_bold", "s3 run-1_bold"],
  ],
  [["only"], ["only run-1"]],
])("%j is told as %j", (names, told) => {
  expect(places(...names)).toStrictEqual(told);
});

test.each([
  // Neither every letter with every number, nor a word that says which is which.
  [
    ["A_1", "A_2", "B_3"],
    ["A_1 run-1", "A_2 run-1", "B_3 run-1", "not told"],
  ],
  [
    ["data_smith", "data_van_berg_2"],
    ["smith run-1", "van_berg_2 run-1", "not told"],
  ],
  // Runs of nobody.
  [
    ["run1", "run2"],
    ["run1 run-1", "run2 run-1", "not told"],
  ],
])("of %j each is a subject", (names, told) => {
  expect(places(...names)).toStrictEqual(told);
});

test("no two files are one subject's one run, whatever their names", () => {
  const name = fc.stringMatching(/^[a-zA-Z0-9é_./ -]{1,12}$/);
  fc.assert(
    fc.property(fc.uniqueArray(name, { minLength: 1, maxLength: 12 }), (names) => {
      const { places: found } = tellNames(names);
      expect(found).toHaveLength(names.length);
      expect(new Set(found.map(({ subject, run }) => `${subject}\n${run}`)).size).toBe(names.length);
      for (const { subject, run } of found) expect(subject !== "" && run !== "").toBe(true);
    }),
  );
});

test("a study's subjects and runs come out of names put together from them", () => {
  const count = fc.integer({ min: 2, max: 12 });
  fc.assert(
    fc.property(count, count, fc.constantFrom("s", "sub", "P", "subject_"), (subjects, runs, key) => {
      const names = Array.from({ length: subjects }, (_, s) =>
        Array.from({ length: runs }, (_unused, r) => `${key}${s + 1}_run-${r + 1}`),
      ).flat();
      const { places: found, told } = tellNames(names);
      expect(told).toBe(true);
      expect(found.map(({ subject, run }) => `${subject}_${run}`)).toStrictEqual(names);
    }),
  );
});
