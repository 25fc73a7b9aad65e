import fc from "fast-check";
import { expect, test } from "vitest";
import { appliesTo, compareNatural, parseBidsName, runOf } from "#app/dataset/bids-entities.ts";

const word = fc.stringMatching(/^[a-zA-Z0-9]{1,8}$/);
const value = fc.stringMatching(/^[a-zA-Z0-9+]{1,8}$/);
const entities = fc.uniqueArray(fc.tuple(word, value), {
  selector: ([key]) => key,
  minLength: 1,
  maxLength: 6,
});
const extension = fc.constantFrom(".nii", ".nii.gz", ".tsv", ".json");

function nameOf(tokens: readonly (readonly [string, string])[], suffix: string, ending: string): string {
  return [...tokens.map(([key, own]) => `${key}-${own}`), suffix].join("_") + ending;
}

test("a name put together from entities comes apart into them", () => {
  fc.assert(
    fc.property(entities, word, extension, (tokens, suffix, ending) => {
      const parsed = parseBidsName(nameOf(tokens, suffix, ending));
      expect([...parsed.entities]).toStrictEqual(tokens);
      expect(parsed).toMatchObject({ suffix, extension: ending });
    }),
  );
});

test("the order of entities does not matter to what a file applies to", () => {
  fc.assert(
    fc.property(
      entities.chain((tokens) =>
        fc.tuple(fc.constant(tokens), fc.shuffledSubarray(tokens, { minLength: 0 })),
      ),
      ([tokens, some]) => {
        const special = parseBidsName(nameOf(tokens, "bold", ".nii"));
        expect(appliesTo(parseBidsName(nameOf(some, "events", ".tsv")), special)).toBe(true);
        const foreign = parseBidsName(nameOf([...some, ["foreign", "1"]], "events", ".tsv"));
        expect(appliesTo(foreign, special)).toBe(false);
      },
    ),
  );
});

test("the run is one whatever the order of the entities", () => {
  const run = (name: string) => runOf(parseBidsName(name));
  expect(run("sub-01_task-faces_run-2_space-MNI_res-2_desc-preproc_bold.nii.gz")).toBe("task-faces_run-2");
  expect(run("sub-01_run-2_task-faces_bold.nii.gz")).toBe("task-faces_run-2");
  expect(run("sub-01_run-2_acq-fast_ses-1_task-faces_bold.nii.gz")).toBe("ses-1_task-faces_acq-fast_run-2");
  expect(run("sub-01_bold.nii.gz")).toBe("bold");
});

test("run 2 stands before run 10, and subject 2 before subject 10", () => {
  expect(["run-10", "run-2", "run-1"].sort(compareNatural)).toStrictEqual(["run-1", "run-2", "run-10"]);
  expect(["sub-10", "sub-02"].sort(compareNatural)).toStrictEqual(["sub-02", "sub-10"]);
});
