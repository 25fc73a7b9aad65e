import { scaleLinear } from "d3-scale";
import { binsOf } from "#app/contract/bins.ts";
import type { EvaluationResult } from "#app/contract/result.ts";
import { shortP } from "#app/contract/result-sentence.ts";
import { escapeHtml } from "./escape-html.ts";
import { grouped, percent } from "./numbers.ts";

const WIDTH = 560;
const HEIGHT = 220;
const MARGIN = { left: 56, right: 12, top: 24, bottom: 48 };
const BINS = 40;

/** Accuracies after alignment with labels drawn anew, beside what was observed; "" where none were drawn. */
export function drawsFigure({ permutations }: EvaluationResult): string {
  const shown = permutations?.aligned ?? permutations?.anatomical;
  if (permutations === null || shown === undefined) return "";
  const { drawn, observed, p } = shown;
  const [least, most] = [Math.min(observed, ...drawn), Math.max(observed, ...drawn)];
  const end = most > least ? most : least + BINS;
  const bins = binsOf(drawn, [least, end], BINS);
  const right = WIDTH - MARGIN.right;
  const ground = HEIGHT - MARGIN.bottom;
  const x = scaleLinear([least, end], [MARGIN.left, right]);
  const y = scaleLinear([0, Math.max(...bins.map(({ count }) => count))], [ground, MARGIN.top]);
  const at = (value: number) => px(x(value));
  const where = permutations.aligned === undefined ? "on anatomical alignment" : "after alignment";
  return `<figure>
<svg xmlns="http://www.w3.org/2000/svg" class="figure" viewBox="0 0 ${WIDTH} ${HEIGHT}" role="img" aria-labelledby="draws-title draws-desc">
<title id="draws-title">Accuracy with labels drawn anew</title>
<desc id="draws-desc">${escapeHtml(`${grouped(drawn.length)} draws from ${percent(Math.min(...drawn))} to ${percent(Math.max(...drawn))}; observed ${percent(observed)}.`)}</desc>
${bins
  .map(({ from, to, count }) =>
    count === 0
      ? ""
      : `<rect class="bar" x="${at(from)}" y="${px(y(count))}" width="${px(Math.max(0.5, x(to) - x(from) - 1))}" height="${px(ground - y(count))}"><title>${escapeHtml(`${percent(from)} to ${percent(to)}: ${count}`)}</title></rect>`,
  )
  .join("\n")}
<line class="observed" x1="${at(observed)}" x2="${at(observed)}" y1="${MARGIN.top - 4}" y2="${ground}"/>
<text class="value" x="${at(observed)}" y="${MARGIN.top - 10}" text-anchor="${x(observed) > WIDTH / 2 ? "end" : "start"}">observed ${escapeHtml(percent(observed))}</text>
${x
  .ticks(6)
  .map(
    (tick) =>
      `<text class="tick" x="${at(tick)}" y="${ground + 16}" text-anchor="middle">${Math.round(100 * tick)}\u00a0%</text>`,
  )
  .join("")}
<text class="axis" x="${px((MARGIN.left + right) / 2)}" y="${HEIGHT - 8}" text-anchor="middle">Mean accuracy with labels drawn anew</text>
</svg>
<figcaption><b>Labels drawn anew.</b> Mean accuracy ${where} in ${grouped(drawn.length)} draws, and as observed (p = ${escapeHtml(shortP(p))}).</figcaption>
</figure>`;
}

function px(value: number): string {
  return String(Math.round(value * 100) / 100);
}
