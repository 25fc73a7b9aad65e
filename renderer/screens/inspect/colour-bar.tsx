import { threeDigits } from "#renderer/parts/numbers.ts";

interface Props {
  readonly end: number;
  readonly threshold: number;
  readonly diverging: boolean;
}

/** The map's colours from end to end; what is below the threshold is grey. */
export function ColourBar({ end, threshold, diverging }: Props) {
  const from = diverging ? -end : 0;
  const share = (value: number) => `${(100 * (value - from)) / (end - from)}%`;
  return (
    <div className="colour-bar">
      <span>{threeDigits(from)}</span>
      <div className={diverging ? "bar diverging" : "bar sequential"}>
        <i
          style={{
            left: diverging ? share(-threshold) : "0",
            width: diverging ? `${(100 * threshold) / end}%` : share(threshold),
          }}
        />
      </div>
      <span>{threeDigits(end)}</span>
      <span className="quiet">{diverging ? "z" : "r"}</span>
    </div>
  );
}
