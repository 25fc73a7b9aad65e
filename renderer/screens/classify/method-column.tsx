import type { ScaleLinear } from "d3-scale";
import type { MethodName } from "#app/contract/result.ts";
import { wrapWords } from "#renderer/parts/wrap-words.ts";
import { methodLabels, shortMethodLabels } from "#renderer/screens/classify/labels.ts";
import type { MethodScores } from "#renderer/screens/classify/measures.ts";

/** From the middle to the mean's bar: beyond a row of dots. */
const BESIDE = 40;
const PIXELS_A_LETTER = 6.2;
const LINE = 16;
/** The longest name takes so many pixels. */
const LEAST_FOR_NAMES = 132;

interface Props {
  readonly method: MethodName;
  readonly scores: MethodScores | null;
  readonly tell: (value: number) => string;
  /** Why there is none. */
  readonly reason: string;
  readonly middle: number;
  readonly room: number;
  readonly y: ScaleLinear<number, number>;
}

/** One method: its name, its mean with its bar, or in words why it was not measured. */
export function MethodColumn({ method, scores, tell, reason, middle, room, y }: Props) {
  const [ground = 0, top = 0] = y.range();
  const lines = wrapWords(`Not measured. ${reason}`, Math.floor((room - 16) / PIXELS_A_LETTER));
  const start = (ground + top) / 2 - (lines.length * LINE) / 2;
  return (
    <g>
      <text className="label" x={middle} y={ground + 22} textAnchor="middle">
        {room < LEAST_FOR_NAMES ? shortMethodLabels[method] : methodLabels[method]}
      </text>
      {scores === null ? (
        lines.map((line, at) => (
          <text key={line} className="tick" x={middle} y={start + at * LINE} textAnchor="middle">
            {line}
          </text>
        ))
      ) : (
        <>
          <line
            className="interval"
            x1={middle + BESIDE}
            x2={middle + BESIDE}
            y1={y(scores.low)}
            y2={y(scores.high)}
          />
          <line
            className="mean"
            x1={middle + BESIDE - 8}
            x2={middle + BESIDE + 8}
            y1={y(scores.mean)}
            y2={y(scores.mean)}
          />
          <text className="value" x={middle + BESIDE + 12} y={y(scores.mean) + 4}>
            {tell(scores.mean)}
          </text>
        </>
      )}
    </g>
  );
}
