import { expect, test } from "vitest";
import { predictionTable } from "#app/cli/predict-command.ts";

test("the table of predictions has a column a condition, and n/a where there is nothing", () => {
  const table = predictionTable({
    subject: "sub-01",
    run: "run-2",
    claim: "new subject",
    conditions: ["cat", "a\tface"],
    fitRuns: ["run-1"],
    patternRuns: ["run-2"],
    rows: [
      { onset: 0, scores: [0.5, -0.25], best: "cat", margin: 0.75, label: "a\tface" },
      { onset: 1.5, scores: null, best: null, margin: null, label: null },
    ],
    accuracy: 0,
    chance: 0.5,
  });
  expect(table).toBe(
    "onset\tbest\tmargin\tlabel\tcat\ta face\n0\tcat\t0.75\ta face\t0.5\t-0.25\n1.5\tn/a\tn/a\tn/a\tn/a\tn/a\n",
  );
});
