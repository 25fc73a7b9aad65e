import type { ConditionFit } from "#app/contract/condition-fit.ts";
import { PIXELS_A_LETTER } from "#renderer/parts/clipped-name.ts";
import { Figure } from "#renderer/parts/figure.tsx";
import { useSize } from "#renderer/parts/use-size.ts";
import { RowLabel, rowFont } from "#renderer/screens/classify/row-label.tsx";
import { scoreColour } from "#renderer/screens/classify/score-colour.ts";

const LONGEST = 18;
const VALUE = 48;

interface Props {
  readonly fit: ConditionFit;
  readonly row: number;
}

/** The scores of one sample, the highest first, as bars from zero. */
export function FitScores({ fit, row }: Props) {
  const [place, { width, height }] = useSize();
  const { conditions, rows } = fit;
  const sample = rows[row];
  const scores = sample?.scores ?? [];
  const sorted = scores
    .map((score, at) => ({ score, name: conditions[at] ?? "" }))
    .sort((a, b) => b.score - a.score);
  const most = Math.max(...scores.map(Math.abs), Number.EPSILON);
  const left =
    Math.min(LONGEST, Math.max(0, ...conditions.map((name) => name.length))) * PIXELS_A_LETTER + 12;
  const high = Math.min(28, height / Math.max(1, sorted.length));
  const room = Math.max(0, width - left - VALUE);
  const negative = sorted.some(({ score }) => score < 0);
  const zero = left + (negative ? room / 2 : 0);
  const reach = negative ? room / 2 : room;
  return (
    <Figure
      title={sample === undefined ? "Scores" : `Scores at ${sample.onset} s`}
      name={`scores-${fit.subject}-${sample?.onset ?? 0}`}
      columns={["Condition", "Correlation"]}
      rows={() => sorted.map(({ name, score }) => [name, score.toFixed(4)])}
    >
      <div ref={place} className="chart-place">
        <svg width={width} height={height} className="chart" aria-label="Scores of the chosen sample">
          {sorted.map(({ name, score }, at) => {
            const long = (reach * Math.abs(score)) / most;
            return (
              <g key={name}>
                <RowLabel
                  name={name}
                  x={left - 6}
                  y={(at + 0.5) * high}
                  height={high}
                  longest={LONGEST}
                  bold={name === sample?.label}
                />
                <rect
                  x={score < 0 ? zero - long : zero}
                  y={at * high + 1}
                  width={long}
                  height={Math.max(1, high - 3)}
                  style={{ fill: scoreColour(score / most) }}
                />
                <text
                  className="tick"
                  x={width - 4}
                  y={(at + 0.5) * high + 4}
                  textAnchor="end"
                  style={{ fontSize: rowFont(high) }}
                >
                  {score.toFixed(3).replace("-", "−")}
                </text>
              </g>
            );
          })}
        </svg>
      </div>
      <p className="quiet note">
        {sample?.margin === null || sample === undefined
          ? "The sample has no scores."
          : `Correlation over the space's columns with each condition's mean pattern${sample.label === null ? "" : "; the sample's own label is bold"}.`}
      </p>
    </Figure>
  );
}
