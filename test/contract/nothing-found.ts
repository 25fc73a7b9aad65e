import type { EvaluationResult } from "#app/contract/result.ts";

/** A result in which nothing was measured: what a test speaks of is put in its place. */
export const nothingFound: EvaluationResult = {
  accuracy: { within: null, anatomical: null, shifted: null, aligned: null },
  reason: {},
  chance: 0.5,
  classes: [],
  folds: [],
  remarks: [],
  confusion: {},
  predictions: {},
  pairs: null,
  permutations: null,
  effect: null,
  iscTest: null,
  searchlight: null,
  similarity: null,
  timeSegments: null,
  choices: [],
  fitCourses: [],
  isc: null,
  likeness: null,
  reconstruction: null,
  connectivity: null,
};
