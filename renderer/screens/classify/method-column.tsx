import type { ScaleLinear } from "d3-scale";
import type { z } from "zod";
import type { Accuracy, MethodName } from "#app/contract/result.ts";
import { percent } from "#renderer/parts/numbers.ts";
import { wrapWords } from "#renderer/parts/wrap-words.ts";
import { methodLabels } from "#renderer/screens/classify/labels.ts";

/** From the middle to the mean's bar: beyond a row of dots. */
const BESIDE = 40;
const PIXELS_A_LETTER = 6.2;
const LINE = 16;

interface Props {
  readonly method: MethodName;
  readonly accuracy: z.infer<typeof Accuracy> | null;
  /** Why there is none. */
  readonly reason: string;
  readonly middle: number;
  readonly room: number;
  readonly y: ScaleLinear<number, number>;
}

/** One method: its name, its mean with the standard error, or in words why it was not measured. */
export function MethodColumn({ method, accuracy, reason, middle, room, y }: Props) {
  const [ground = 0, top = 0] = y.range();
  const lines = wrapWords(`Not measured. ${reason}`, Math.floor((room - 16) / PIXELS_A_LETTER));
  const start = (ground + top) / 2 - (lines.length * LINE) / 2;
  return (
    <g>
      <text className="label" x={middle} y={ground + 22} textAnchor="middle">
        {methodLabels[method]}
      </text>
      {accuracy === null ? (
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
            y1={y(Math.max(0, accuracy.mean - accuracy.sem))}
            y2={y(accuracy.mean + accuracy.sem)}
          />
          <line
            className="mean"
            x1={middle + BESIDE - 8}
            x2={middle + BESIDE + 8}
            y1={y(accuracy.mean)}
            y2={y(accuracy.mean)}
          />
          <text className="value" x={middle + BESIDE + 12} y={y(accuracy.mean) + 4}>
            {percent(accuracy.mean)}
          </text>
        </>
      )}
    </g>
  );
}
