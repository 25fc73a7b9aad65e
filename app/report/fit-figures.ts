import { parameterWords } from "#app/contract/parameter-words.ts";
import type { EvaluationResult } from "#app/contract/result.ts";
import { segmentWords } from "#app/contract/segment-words.ts";
import { escapeHtml } from "./escape-html.ts";
import { lineFigure } from "./line-figure.ts";
import { count } from "./numbers.ts";

/** How the method was fitted in each fold, drawn: the nested choice of parameters and the course; "" where neither was. */
export function fitFigures(result: EvaluationResult): string {
  const figures = [choiceFigure(result), courseFigure(result)].filter((figure) => figure !== "");
  return figures.length === 0 ? "" : `<h2>How the method was fitted</h2>\n${figures.join("\n")}`;
}

function choiceFigure({ choices }: EvaluationResult): string {
  const [first] = choices;
  if (first === undefined) return "";
  const tried = first.tried.map(({ parameters }) => parameterWords(parameters));
  const names = Object.keys(first.parameters).join(", ");
  const drawing = lineFigure({
    id: "choice",
    title: "Nested choice of parameters",
    description: `Share of time segments matched by each combination of ${names}, in ${count(choices.length, "fold")}.`,
    across: names,
    places: first.tried.map(({ parameters }) => Object.values(parameters).join(", ")),
    axis: "Share of segments",
    lines: choices.map(({ fold, tried: all, parameters }) => ({
      name: fold,
      values: all.map(({ score }) => score),
      marked: tried.indexOf(parameterWords(parameters)),
    })),
  });
  return `<figure>
${drawing}
<figcaption><b>Nested choice.</b> Share of ${segmentWords(first.segment)} matched within the samples aligned on, by ${escapeHtml(names)}; a line a fold, a ring at what was chosen.</figcaption>
</figure>`;
}

function courseFigure({ fitCourses }: EvaluationResult): string {
  const [first] = fitCourses;
  if (first === undefined) return "";
  const longest = Math.max(...fitCourses.map(({ values }) => values.length));
  const drawing = lineFigure({
    id: "course",
    title: `Course of the fit: ${first.quantity}`,
    description: `${first.quantity} after each iteration, in ${count(fitCourses.length, "fold")}.`,
    across: "Iteration",
    places: Array.from({ length: longest }, (_, at) => `${at + 1}`),
    axis: first.quantity,
    lines: fitCourses.map(({ fold, values }) => ({ name: fold, values, marked: null })),
  });
  return `<figure>
${drawing}
<figcaption><b>Course of the fit:</b> ${escapeHtml(first.quantity)} after each iteration, a line a fold.</figcaption>
</figure>`;
}
