import { scaleLinear } from "d3-scale";
import type { EvaluationResult } from "#app/contract/result.ts";
import { shortP } from "#app/contract/result-sentence.ts";
import type { Effect } from "#app/contract/statistics.ts";
import { clippedName } from "#renderer/parts/clipped-name.ts";
import { Figure } from "#renderer/parts/figure.tsx";
import { useSize } from "#renderer/parts/use-size.ts";
import { useSelection } from "#renderer/state/selection.ts";

const MARGIN = { left: 128, right: 24, top: 8, bottom: 44 };
const LONGEST = 16;
/** Rows of subjects closer than this have names at every second or third alone. */
const LEAST_ROW = 14;

interface Props {
  readonly accuracy: EvaluationResult["accuracy"];
  readonly effect: Effect;
}

/** What alignment changed for each subject, and the mean with its interval. */
export function EffectChart({ accuracy, effect }: Props) {
  const [place, { width, height }] = useSize();
  const { subject: chosen, select } = useSelection();
  const changes = (accuracy.aligned?.perSubject ?? [])
    .map(({ subject, accuracy: after }, at) => ({
      subject,
      change: after - (accuracy.anatomical?.perSubject[at]?.accuracy ?? 0),
    }))
    .sort((a, b) => b.change - a.change);
  const [low, high] = effect.interval;
  const choose = (subject: string) => select({ subject: chosen === subject ? null : subject });
  const values = [0, low, high, ...changes.map(({ change }) => change)];
  const x = scaleLinear(
    [Math.min(...values), Math.max(...values)],
    [MARGIN.left, width - MARGIN.right],
  ).nice();
  const row = Math.max(1, (height - MARGIN.top - MARGIN.bottom) / (changes.length + 1.5));
  const y = (at: number) => MARGIN.top + (at + 0.5) * row;
  const every = Math.max(1, Math.ceil(LEAST_ROW / row));
  const foot = y(changes.length + 0.5);
  const share = Math.round(100 * effect.confidence);
  const { p, exact, draws } = effect.signFlip;
  return (
    <Figure
      title="What alignment changed"
      name="effect-of-alignment"
      columns={["Subject", "Aligned less anatomical"]}
      rows={() => changes.map(({ subject, change }) => [subject, change.toFixed(6)])}
    >
      <div ref={place} className="chart-place">
        <svg
          width={width}
          height={height}
          className="chart"
          aria-label="Aligned less anatomical accuracy, a row a subject"
        >
          {x.ticks(6).map((tick) => (
            <g key={tick}>
              <line
                className={tick === 0 ? "zero" : "grid"}
                x1={x(tick)}
                x2={x(tick)}
                y1={MARGIN.top}
                y2={height - MARGIN.bottom}
              />
              <text className="tick" x={x(tick)} y={height - MARGIN.bottom + 18} textAnchor="middle">
                {pointsText(tick, 0)}
              </text>
            </g>
          ))}
          {changes.map(({ subject, change }, at) => (
            <g key={subject}>
              {at % every === 0 && (
                <text className="tick" x={MARGIN.left - 10} y={y(at) + 4} textAnchor="end">
                  <title>{subject}</title>
                  {clippedName(subject, LONGEST)}
                </text>
              )}
              <line className="join" x1={x(0)} x2={x(change)} y1={y(at)} y2={y(at)} />
              {/* biome-ignore lint/a11y/useSemanticElements: a dot of a chart can't be an HTML button */}
              <circle
                role="button"
                tabIndex={0}
                aria-pressed={chosen === subject}
                aria-label={`${subject}: ${pointsText(change, 1)} points`}
                onKeyDown={(event) => {
                  if (event.key !== "Enter" && event.key !== " ") return;
                  event.preventDefault();
                  choose(subject);
                }}
                className={`dot aligned ${chosen === subject ? "chosen" : ""}`}
                cx={x(change)}
                cy={y(at)}
                r={chosen === subject ? 6 : 4.5}
                onClick={() => choose(subject)}
              >
                <title>{`${subject}: ${pointsText(change, 1)}`}</title>
              </circle>
            </g>
          ))}
          <text className="label" x={MARGIN.left - 10} y={foot + 4} textAnchor="end">
            Mean
          </text>
          <line className="interval" x1={x(low)} x2={x(high)} y1={foot} y2={foot} />
          <line className="mean" x1={x(effect.mean)} x2={x(effect.mean)} y1={foot - 7} y2={foot + 7} />
          <text
            className="tick"
            x={(MARGIN.left + width - MARGIN.right) / 2}
            y={height - 6}
            textAnchor="middle"
          >
            Aligned less anatomical, percentage points
          </text>
        </svg>
      </div>
      <p className="quiet note">
        {`${pointsText(effect.mean, 1)} on average, from ${pointsText(low, 1)} to ${pointsText(high, 1)} (${share} % interval by Student's t; ${pointsText(effect.bootstrap[0], 1)} to ${pointsText(effect.bootstrap[1], 1)} with subjects drawn anew); sign-flip p = ${shortP(p)}, ${exact ? `all ${draws} combinations` : `${draws} draws`}. `}
        Subjects share one space and so are not independent: these describe the sample and are no test of a
        population.
      </p>
    </Figure>
  );
}

/** "+3.2 points". */
function pointsText(share: number, digits: number): string {
  const text = (100 * share).toFixed(digits).replace("-", "−");
  return `${share > 0 ? "+" : ""}${text}`;
}
