import { parameterName, parameterWords } from "#app/contract/parameter-words.ts";
import type { EvaluationResult } from "#app/contract/result.ts";
import { segmentWords } from "#app/contract/segment-words.ts";
import { Figure } from "#renderer/parts/figure.tsx";
import { LinesChart } from "#renderer/screens/classify/lines-chart.tsx";

/** Whether there is anything to see of how the method was fitted. */
export function hasFit({ choices, fitCourses }: EvaluationResult): boolean {
  return choices.length > 0 || fitCourses.length > 0;
}

/** How the method was fitted in each fold: the nested choice of its parameters, and its course. */
export function FitView({ result }: { readonly result: EvaluationResult }) {
  const { choices, fitCourses } = result;
  const [choice] = choices;
  const [course] = fitCourses;
  const tried = choice?.tried.map(({ parameters }) => parameterWords(parameters)) ?? [];
  const places = choice?.tried.map(({ parameters }) => Object.values(parameters).join(", ")) ?? [];
  const names = Object.keys(choice?.parameters ?? {})
    .map(parameterName)
    .join(", ");
  const longest = Math.max(0, ...fitCourses.map(({ values }) => values.length));
  const iterations = Array.from({ length: longest }, (_, at) => `${at + 1}`);
  return (
    <div className="charts">
      {choice !== undefined && (
        <Figure
          title={`Nested choice, ${choices.length} ${choices.length === 1 ? "fold" : "folds"}`}
          name="nested-choice"
          columns={["Parameters", ...choices.map(({ fold }) => fold)]}
          rows={() =>
            tried.map((words, at) => [words, ...choices.map((one) => one.tried[at]?.score.toFixed(4) ?? "—")])
          }
        >
          <LinesChart
            label="Share of time segments matched by each combination of parameters"
            places={places}
            quantity="share of segments"
            lines={choices.map((one) => ({
              name: one.fold,
              values: one.tried.map(({ score }) => score),
              marked: tried.indexOf(parameterWords(one.parameters)),
            }))}
          />
          <p className="quiet note">
            Share of {segmentWords(choice.segment)} matched in the samples aligned on, by {names}. A line a
            fold, a ring at what was chosen.
          </p>
        </Figure>
      )}
      {course !== undefined && (
        <Figure
          title={`Course of the fit: ${course.quantity}`}
          name="course-of-fit"
          columns={["Iteration", ...fitCourses.map(({ fold }) => fold)]}
          rows={() =>
            iterations.map((iteration, at) => [
              iteration,
              ...fitCourses.map(({ values }) => values[at]?.toPrecision(8) ?? "—"),
            ])
          }
        >
          <LinesChart
            label={`${course.quantity} after each iteration`}
            places={iterations}
            quantity={course.quantity}
            lines={fitCourses.map(({ fold, values }) => ({ name: fold, values, marked: null }))}
          />
          <p className="quiet note">After each iteration, a line a fold.</p>
        </Figure>
      )}
    </div>
  );
}
