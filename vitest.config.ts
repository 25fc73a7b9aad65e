import { defineConfig } from "vitest/config";
import { SkippedTests } from "./test/skipped-tests.ts";

/** They run what was built, or take long: `npm test` runs them, `npm run check` does not. */
const LONG = [
  "test/annex/annex-origin.test.ts",
  "test/annex/clone.test.ts",
  "test/build/start.test.ts",
  "test/cli/**/*.test.ts",
  "test/dataset/hdf5/hdf5-fixtures.test.ts",
  "test/evaluate/chance.test.ts",
  "test/dataset/large-study.test.ts",
  "test/fuzz/fuzz.test.ts",
  "test/golden/**/*.test.ts",
  "test/results/transform-files.test.ts",
  "test/run/pool.test.ts",
  "test/run/run-plan.test.ts",
  "test/run/surface-run.test.ts",
];

const setupFiles = "test/remove-temporary-folders.ts";

export default defineConfig({
  test: {
    globalSetup: "test/built-threads.ts",
    reporters: ["default", new SkippedTests()],
    projects: [
      {
        test: {
          name: "unit",
          setupFiles,
          include: ["test/**/*.test.ts"],
          exclude: LONG,
          testTimeout: 20_000,
          // A hundred files share few processes: starting one for each took two thirds of the time.
          isolate: false,
        },
      },
      // Numerics on one core each; the goldens of the whole tutorial take longest.
      { test: { name: "long", setupFiles, include: LONG, testTimeout: 180_000 } },
    ],
  },
});
